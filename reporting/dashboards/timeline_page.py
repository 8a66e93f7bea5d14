"""The timeline of a family: a tab of its record, with the notes as they were written; on paper, and by API."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.api.views import ListApi, QueryParameter
from pairs.families.access import get_family_with, prepare_with_family
from pairs.families.events import EVENT_KINDS, Event
from pairs.families.models import Family
from pairs.families.models.family import FamilyQuerySet
from pairs.families.record_pages import render_family_tab
from pairs.service.refusals import ActionRefused
from reporting.dashboards.family_header_facts import build_header_facts, build_header_queries
from reporting.dashboards.forms import ChronologyFilterForm
from reporting.dashboards.timeline import (
    build_event_queries,
    count_by_kind,
    filter_events,
    join_events,
    list_family_events,
    present_event,
)

PER_PAGE = 20
FILTERS = ("what", "person", "since", "until")


@policy.permission("read_families", "govern_records")
def show_chronology(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """What happened, newest first; or all of it on paper, oldest first. What is asked for stands in the address."""
    family, parts = get_family_with(request, _FAMILY_AND_EVENTS, family_id)
    form = ChronologyFilterForm(request.GET, people=_list_people_choices(family))
    every, printed = join_events(family, parts["events"]), "printed" in request.GET
    events = filter_events(every, **read_filter(form))
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    shown = [event for event in events[::-1] if not event.restricted] if printed else page.object_list
    context = {
        "form": form,
        "error_title": bool(form.errors),
        "chosen": _describe_filter(form),
        "what": form.cleaned_data.get("what") or "",
        "kinds": count_by_kind(every),
        "total": len(every),
        "page": page,
        "entries": [present_event(event, None if printed else request.user.pk) for event in shown],
        "printed": timezone.now() if printed else None,
        "narrowed": any(request.GET.get(name) for name in FILTERS[1:]),
        "header_facts": build_header_facts(parts["header"], len(every)),
    }
    return render_family_tab(request, "dashboards/chronology.html", family, "timeline", **context)


_FAMILY_AND_EVENTS = prepare_with_family(
    lambda _, family: {"header": build_header_queries(family), "events": build_event_queries(family)}
)


def read_filter(form: ChronologyFilterForm) -> dict[str, Any]:
    """The filter as `filter_events` takes it; an invalid field filters nothing, and shows its error."""
    form.is_valid()
    return {name: form.cleaned_data[name] for name in FILTERS if form.cleaned_data.get(name)}


def _list_people_choices(family: Any) -> list[tuple[str, str]]:
    """[(id, name)] of everybody in the family, babies first."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return [(str(person.pk), str(person)) for person in [*family.infants.all(), *carers]]


def _describe_filter(form: Any) -> str:
    """The filter as a sentence, for paper."""
    asked = form.cleaned_data
    what = EVENT_KINDS.get(asked.get("what"), "Everything recorded")
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

    kind = serializers.ChoiceField(choices=list(EVENT_KINDS.items()))
    at = serializers.SerializerMethodField(help_text="A day, or a day and its time.")
    title = serializers.CharField()
    who = serializers.CharField()
    text = serializers.CharField()
    reading = ChronologyTextOut(many=True)
    people = serializers.SerializerMethodField(help_text="The infants and caregivers it is about.")

    def get_at(self, event: Event) -> str:
        return event.at.isoformat()

    def get_people(self, event: Event) -> list[UUID]:
        return sorted(event.people, key=str)


@policy.permission("read_families", "govern_records")
class ChronologyList(ListApi):
    """What happened, newest first; the same filters as the page."""

    serializer_class = ChronologyEventOut
    query_parameters = (
        QueryParameter("what", "One kind of event.", enum=list(EVENT_KINDS)),
        QueryParameter("person", "An infant or caregiver of the family.", format="uuid"),
        QueryParameter("since", "From this day on.", format="date"),
        QueryParameter("until", "Until this day.", format="date"),
    )

    def get_records(self) -> FamilyQuerySet:
        return Family.objects.with_people()

    def get_rows(self) -> list[Event]:
        form = ChronologyFilterForm(self.request.GET, people=_list_people_choices(self.record))
        if not form.is_valid():
            raise ActionRefused({name: list(messages) for name, messages in form.errors.items()})
        events = filter_events(list_family_events(self.record), **read_filter(form))
        return [event for event in events if not event.restricted]
