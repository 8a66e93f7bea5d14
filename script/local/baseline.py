"""The least Django can do, as a program of its own, for script/bench: a session, sign-in and CSRF, and nothing else.

BASELINE_DATABASE_URL and SECRET_KEY come from the environment. Run as a module it makes its tables and rows.
"""

import os
import sys
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from script.local.bench_requests import BASELINE_MIDDLEWARE

APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]


def configure() -> None:
    import environ

    url = os.environ["BASELINE_DATABASE_URL"]
    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],
        ROOT_URLCONF="script.local.baseline_pages",
        DATABASES={"default": environ.Env.db_url_config(url) | {"CONN_MAX_AGE": None}},
        INSTALLED_APPS=[*APPS, "rest_framework"],
        MIDDLEWARE=BASELINE_MIDDLEWARE,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def prepare_baseline() -> Any:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from script.local.baseline_pages import make_rows

    call_command("migrate", verbosity=0)
    make_rows()
    get_user_model().objects.create_user("baseline")


configure()
if __name__ == "__main__":
    sys.exit(prepare_baseline())

application = get_wsgi_application()
