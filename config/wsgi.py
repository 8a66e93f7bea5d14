"""The WSGI entry point, for gunicorn."""

import gc
import os

# What is loaded here stays; collecting garbage meanwhile would cost a tenth of the start-up time.
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from pairs.database.history import make_history_models_when_asked  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
make_history_models_when_asked()
application = get_wsgi_application()
gc.freeze()
gc.enable()
