"""Pages that do the least: what PaIRS's pages are measured against, in a program of their own or beside them.

A list of fifty and a page of one row with an access-log row, in HTML; a list of fifty and a create with an audit row,
through Django REST framework. All of them for somebody who is signed in.
"""

import json
from datetime import date, timedelta

from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_required
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine
from django.urls import path
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

ROW_COUNT = 10_000
PAGE_FRAME = (
    '<!doctype html><html lang="en"><title>Baseline</title><body>'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}"><p>{{ user.username }}</p>'
)
LIST_TEMPLATE = Engine().from_string(
    PAGE_FRAME + "<table>{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.place }}</td>"
    "<td>{{ row.status }}</td><td>{{ row.born_on.isoformat }}</td><td>{{ row.seen_on.isoformat }}</td></tr>"
    "{% endfor %}</table></body></html>"
)
DETAIL_TEMPLATE = Engine().from_string(
    PAGE_FRAME + "<dl><dt>Name</dt><dd>{{ row.name }}</dd><dt>Place</dt><dd>{{ row.place }}</dd>"
    "<dt>Status</dt><dd>{{ row.status }}</dd><dt>Born</dt><dd>{{ row.born_on.isoformat }}</dd></dl></body></html>"
)


class Row(models.Model):
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    status = models.CharField(max_length=20)
    born_on = models.DateField()
    seen_on = models.DateField()

    class Meta:
        app_label = "baseline"
        ordering = ["name"]


class Entry(models.Model):
    """Who saw or wrote which row: no foreign keys, since in PaIRS's own process these tables come and go."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.CharField(max_length=40)
    row = models.BigIntegerField()
    act = models.CharField(max_length=10)
    data = models.TextField(default="")

    class Meta:
        app_label = "baseline"


class RowSerializer(serializers.ModelSerializer):
    class Meta:
        model = Row
        fields = ["id", "name", "place", "status", "born_on", "seen_on"]


def sign_in_baseline(request):
    login(request, get_user_model().objects.get(username="baseline"))
    return render_baseline(request, LIST_TEMPLATE, rows=[])


@login_required
def list_fifty(request):
    return render_baseline(request, LIST_TEMPLATE, rows=Row.objects.all()[:50])


@login_required
def show_detail(request, pk):
    row = get_object_or_404(Row, pk=pk)
    Entry.objects.create(user=request.user.pk, row=row.pk, act="seen")
    return render_baseline(request, DETAIL_TEMPLATE, row=row)


def render_baseline(request, template, **values):
    from django.middleware.csrf import get_token

    return HttpResponse(
        template.render(Context(values | {"user": request.user, "token": get_token(request)}))
    )


class Rows(APIView):
    """Fifty rows, and one more: validated, and written with an audit row or not at all."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]
    parser_classes = [JSONParser]

    def get(self, request):
        return Response({"results": RowSerializer(Row.objects.all()[:50], many=True).data})

    def post(self, request):
        serializer = RowSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            row = serializer.save()
            Entry.objects.create(
                user=request.user.pk, row=row.pk, act="created", data=json.dumps(serializer.data)
            )
        return Response(RowSerializer(row).data, status=201)


urlpatterns = [
    path("sign-in", sign_in_baseline),
    path("", list_fifty),
    path("rows/<int:pk>/", show_detail),
    path("api/rows/", Rows.as_view()),
]


def make_rows() -> None:
    """Both tables, made now, with ten thousand rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
        editor.create_model(Entry)
    born = date(2024, 1, 1)
    Row.objects.bulk_create(
        Row(
            name=f"Family {number:05}",
            place="Blackpool",
            status="open",
            born_on=born + timedelta(days=number % 700),
            seen_on=born + timedelta(days=number % 900),
        )
        for number in range(ROW_COUNT)
    )
