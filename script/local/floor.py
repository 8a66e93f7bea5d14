"""The least Django can do for a list of fifty: a table, a session, a signed-in person. For script/bench."""

import os
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

URL = os.environ["FLOOR_DATABASE_URL"]


def configure():
    import environ

    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": environ.Env.db_url_config(URL) | {"CONN_MAX_AGE": None}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


configure()

from django.contrib.auth import get_user_model, login  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

PAGE = """<!doctype html><html lang="en"><title>Floor</title><body>{% csrf_token %}<p>{{ user.username }}</p>
<table>
{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.place }}</td><td>{{ row.status }}</td>
<td>{{ row.born }}</td><td>{{ row.seen }}</td></tr>{% endfor %}</table></body></html>"""


class Row(models.Model):
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    status = models.CharField(max_length=20)
    born = models.CharField(max_length=20)
    seen = models.CharField(max_length=20)

    class Meta:
        app_label = "floor"

    def __str__(self):
        return self.name


def sign_in(request):
    login(request, get_user_model().objects.get(username="floor"))
    return HttpResponse("in")


@login_required
def fifty(request):
    rows = Row.objects.order_by("name")[:50]
    return HttpResponse(template().render({"rows": rows, "user": request.user}, request))


def template(kept=[]):  # noqa: B006
    if not kept:
        kept.append(engines["django"].from_string(PAGE))
    return kept[0]


urlpatterns = [path("sign-in", sign_in), path("", fifty)]


def prepare():
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    get_user_model().objects.create_user("floor")
    Row.objects.bulk_create(
        Row(name=f"Family {n}", place="Blackpool", status="open", born="1 May 2026", seen="3 weeks ago")
        for n in range(10_000)
    )


if __name__ == "__main__":
    sys.exit(prepare())

application = get_wsgi_application()
