"""The chronology: a family's timeline across all apps, on screen, on paper and by API."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers

from pairs.access import policy
from pairs.access.batch_query import run_queries
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.api.views import ListApi, QueryParameter
from pairs.families import chronology as families
from pairs.families.banner import build_banner, build_banner_queries, get_family_name
from pairs.families.models import Family, RiskAlert
from pairs.families.models.family import FamilyQuerySet
from pairs.service.hooks import list_hooks
from pairs.service.refusals import ActionRefused
from reporting.dashboards.forms import ChronologyFilterForm

BUILD_EVENTS = list_hooks("chronology", "build_chronology_queries")
PER_PAGE = 50


@policy.permission("read_families", "govern_records")
def show_chronology(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """What happened, newest first; or all of it on paper, oldest first. What is asked for stands in the address."""
    family = get_visible_or_404(request, Family.objects.with_people().select_related("site"), pk=family_id)
    form = ChronologyFilterForm(request.GET, people=_list_people_choices(family))
    said = _run_queries(request.scope, family, *build_banner_queries(family))
    events, printed = _filter_events(form, _sort_events(family, said)), "printed" in request.GET
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    context = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(
            family, alerts=alerts, above=[each for each in said if isinstance(each, dict)]
        ),
        "form": form,
        "chosen": _describe_filter(form),
        "page": page,
        "events": events[::-1] if printed else page.object_list,
        "printed": timezone.now() if printed else None,
    }
    return render(request, "dashboards/chronology.html", context)


def list_family_events(scope: Scope, family: Any) -> list[families.Event]:
    """All apps' events of a family from Family.objects.with_people(), newest first, in one query."""
    return _sort_events(family, _run_queries(scope, family))


def _run_queries(scope: Scope, family: Any, *more: Any) -> list[families.Event]:
    """Run all apps' chronology queries, and any the page adds, as one query."""
    return run_queries([query for build in BUILD_EVENTS for query in build(scope, family)] + [*more])


def _sort_events(family: Any, said: list[families.Event]) -> list[families.Event]:
    """The events among it, with births and losses."""
    events = [each for each in said if isinstance(each, families.Event)]
    return sorted(families.list_birth_and_loss_events(family) + events, key=_get_sort_time, reverse=True)


def _get_sort_time(event: families.Event) -> datetime:
    """Sort key: a date without a time sorts before the timed events of that day."""
    if isinstance(event.at, datetime):
        return timezone.localtime(event.at)
    return timezone.make_aware(datetime.combine(event.at, time.min))


def _list_people_choices(family: Any) -> list[tuple[str, str]]:
    """[(id, name)] of everybody in the family, babies first."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return [(str(person.pk), str(person)) for person in [*family.infants.all(), *carers]]


def _filter_events(form: ChronologyFilterForm, events: list[families.Event]) -> list[families.Event]:
    """Events that pass the filter; an invalid field filters nothing and shows its error."""
    form.is_valid()
    asked = form.cleaned_data
    since, until = asked.get("since") or date.min, asked.get("until") or date.max
    return [
        event
        for event in events
        if since <= _get_sort_time(event).date() <= until
        and asked.get("what") in ("", None, event.kind)
        and (not asked.get("person") or asked["person"] in map(str, event.people))
    ]


def _describe_filter(form: Any) -> str:
    """The filter as a sentence, for paper."""
    asked = form.cleaned_data
    what = families.EVENT_KINDS.get(asked.get("what"), "Everything recorded")
    person = dict(form.fields["person"].choices).get(asked.get("person") or None)
    parts = [what, f"about {person}" if person else ""]
    parts += [f"from {asked['since']:%-d %B %Y}" if asked.get("since") else ""]
    parts += [f"to {asked['until']:%-d %B %Y}" if asked.get("until") else ""]
    return " ".join(filter(None, parts))


# ---------------------------------------------------------------- API


class ChronologyTextOut(serializers.Serializer):
    """A part of what was written, under its heading."""

    heading = serializers.CharField()
    words = serializers.CharField()

    def to_representation(self, instance: tuple[str, str]) -> dict[str, str]:
        heading, words = instance
        return {"heading": heading, "words": words}


class ChronologyEventOut(serializers.Serializer):
    """Something that happened."""

    kind = serializers.ChoiceField(choices=list(families.EVENT_KINDS.items()))
    at = serializers.SerializerMethodField(help_text="A day, or a day and its time.")
    title = serializers.CharField()
    who = serializers.CharField()
    text = serializers.CharField()
    reading = ChronologyTextOut(many=True)
    people = serializers.SerializerMethodField(help_text="The infants and caregivers it is about.")

    def get_at(self, event: families.Event) -> str:
        return event.at.isoformat()

    def get_people(self, event: families.Event) -> list[UUID]:
        return sorted(event.people, key=str)


@policy.permission("read_families", "govern_records")
class ChronologyList(ListApi):
    """What happened, newest first; the same filters as the page."""

    serializer_class = ChronologyEventOut
    query_parameters = (
        QueryParameter("what", "One kind of event.", enum=list(families.EVENT_KINDS)),
        QueryParameter("person", "An infant or caregiver of the family.", format="uuid"),
        QueryParameter("since", "From this day on.", format="date"),
        QueryParameter("until", "Until this day.", format="date"),
    )

    def get_records(self) -> FamilyQuerySet:
        return Family.objects.with_people()

    def get_rows(self) -> list[families.Event]:
        form = ChronologyFilterForm(self.request.GET, people=_list_people_choices(self.record))
        if not form.is_valid():
            raise ActionRefused({name: list(messages) for name, messages in form.errors.items()})
        return _filter_events(form, list_family_events(self.request.scope, self.record))
