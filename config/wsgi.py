"""The WSGI entry point, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from pairs.database.history import make_history_models_when_asked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# What is loaded here stays; collecting garbage meanwhile would cost a tenth of the start-up time.
gc.disable()
make_history_models_when_asked()
application = get_wsgi_application()
gc.freeze()
gc.enable()
