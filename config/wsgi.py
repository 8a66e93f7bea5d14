"""The WSGI entry point, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# What is loaded here stays; collecting garbage meanwhile would cost a tenth of the start-up time.
gc.disable()
application = get_wsgi_application()
gc.freeze()
gc.enable()
