"""The web's front door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# What is loaded here lives as long as the process: looking for rubbish among it is a tenth of the start, for nothing.
gc.disable()
application = get_wsgi_application()
gc.freeze()
gc.enable()
