"""The chronology: one line of time of a family, over every room; on the screen, on paper and by API."""

from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.alongside import chronology as alongside
from interventions.diary import chronology as diary
from interventions.endings import chronology as endings
from interventions.episodes import chronology as episodes
from interventions.filming import chronology as filming
from interventions.groups import chronology as groups
from interventions.plans import chronology as plans
from interventions.supervision import chronology as supervision
from outcomes import chronology as outcomes
from pairs.access import policy
from pairs.access.asking import answers
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families import chronology as families
from pairs.families.banner import asked_above, banner_of, family_name
from pairs.families.models import Family, RiskAlert
from pairs.matching import chronology as matching
from pairs.safeguarding import chronology as safeguarding
from pairs.service.refusals import Refused
from pairs.village import chronology as village
from referrals import chronology as referrals
from reporting.desk.forms import ChronologyFilter

ROOMS = (
    families,
    matching,
    village,
    safeguarding,
    referrals,
    episodes,
    plans,
    diary,
    filming,
    groups,
    alongside,
    endings,
    supervision,
    outcomes,
)
PAGE = 50


@policy.permission("read_families", "govern_records")
def chronology(request, family_id):
    """What happened, newest first; or all of it on paper, oldest first. What is asked for stands in the address."""
    family = fetch(request, Family.objects.with_people().select_related("site"), pk=family_id)
    form = ChronologyFilter(request.GET, people=_people(family))
    said = _said(request.scope, family, *asked_above(family))
    events, printed = _asked_for(form, _in_time(family, said)), "printed" in request.GET
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    context = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts, above=[each for each in said if isinstance(each, dict)]),
        "form": form,
        "chosen": _chosen_words(form),
        "page": page,
        "events": events[::-1] if printed else page.object_list,
        "printed": timezone.now() if printed else None,
    }
    return render(request, "desk/chronology.html", context)


def events_of(scope, family):
    """Every room's events of a family from Family.objects.with_people(), newest first, in one query."""
    return _in_time(family, _said(scope, family))


def _said(scope, family, *more):
    """What every room answers, and what else the page asks along with it: in one query."""
    return answers([question for room in ROOMS for question in room.questions(scope, family)] + [*more])


def _in_time(family, said):
    """The events among it, with births and losses."""
    events = [each for each in said if isinstance(each, families.Event)]
    return sorted(families.births_and_losses(family) + events, key=_moment, reverse=True)


def _moment(event):
    """A day without a time stands before everything of that day that has one."""
    if isinstance(event.at, datetime):
        return timezone.localtime(event.at)
    return timezone.make_aware(datetime.combine(event.at, time.min))


def _people(family):
    """[(id, name)] of everybody in the family, babies first."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return [(str(person.pk), str(person)) for person in [*family.infants.all(), *carers]]


def _asked_for(form, events):
    """What the filter lets through; a field that cannot be read filters nothing, and says so beside it."""
    form.is_valid()
    asked = form.cleaned_data
    since, until = asked.get("since") or date.min, asked.get("until") or date.max
    return [
        event
        for event in events
        if since <= _moment(event).date() <= until
        and asked.get("what") in ("", None, event.kind)
        and (not asked.get("person") or asked["person"] in map(str, event.people))
    ]


def _chosen_words(form):
    """The filter as a sentence, for paper."""
    asked = form.cleaned_data
    what = families.KINDS.get(asked.get("what"), "Everything recorded")
    person = dict(form.fields["person"].choices).get(asked.get("person") or None)
    parts = [what, f"about {person}" if person else ""]
    parts += [f"from {asked['since']:%-d %B %Y}" if asked.get("since") else ""]
    parts += [f"to {asked['until']:%-d %B %Y}" if asked.get("until") else ""]
    return " ".join(filter(None, parts))


# ---------------------------------------------------------------- API


class EventOut(serializers.Serializer):
    kind = serializers.ChoiceField(choices=list(families.KINDS.items()))
    at = serializers.SerializerMethodField()
    title = serializers.CharField()
    who = serializers.CharField()
    text = serializers.CharField()
    reading = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()

    def get_at(self, event) -> str:
        return event.at.isoformat()

    def get_reading(self, event) -> list[dict]:
        return [{"heading": heading, "words": words} for heading, words in event.reading]

    def get_people(self, event) -> list[str]:
        return sorted(map(str, event.people))


FILTERS = [
    OpenApiParameter("what", enum=list(families.KINDS), description="One kind of event."),
    OpenApiParameter("person", OpenApiTypes.UUID, description="An infant or caregiver of the family."),
    OpenApiParameter("since", OpenApiTypes.DATE),
    OpenApiParameter("until", OpenApiTypes.DATE),
    OpenApiParameter("page", OpenApiTypes.INT),
]


@policy.permission("read_families", "govern_records")
@extend_schema(responses=EventOut(many=True), parameters=FILTERS)
@api_view(["GET"])
def api_chronology(request, family_id):
    """What happened, newest first, 50 a page; the same filters as the page."""
    family = fetch(request._request, Family.objects.with_people(), pk=family_id)
    form = ChronologyFilter(request.GET, people=_people(family))
    if not form.is_valid():
        raise Refused({name: list(said) for name, said in form.errors.items()})
    events = Paginator(_asked_for(form, events_of(request._request.scope, family)), PAGE)
    page = events.get_page(request.GET.get("page"))
    return Response({"pages": events.num_pages, "results": EventOut(page.object_list, many=True).data})
