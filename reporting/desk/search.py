"""Finding a family: one box, what it found and why, and the families opened last. A POST: no name in an address.

It stands here and not in matching, since a row also says what is under way, and a referral's reference finds it.
"""

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch_list
from pairs.families.banner import family_name, family_page
from pairs.matching.asked import read
from pairs.matching.finding import families_named, find
from pairs.matching.forms.search import SearchForm
from pairs.matching.recent import recently_opened
from pairs.service.pages import age, short_day
from pairs.submissions.typed import Typed
from referrals.models import Referral

SHEET = Sheet(form=SearchForm)


@policy.permission("read_families")
def search(request):
    """What was typed and what it found; with nothing typed, the families opened last."""
    form = SearchForm(Typed(request, kind="search").data)
    sought = form.cleaned_data["sought"] if form.is_valid() else ""
    asked = read(sought)
    found = _found(request, asked) if sought else []
    context = {
        "form": form,
        "sought": sought,
        "asked": asked,
        "found": [_row(family, match) for family, match in found],
        "referrals": _referrals(request, asked),
        "recent": [_row(family) for family in _recent(request)] if not sought else [],
        "may_refer": request.scope.may("make_referrals"),
    }
    return render(request, "desk/search.html", context)


def _found(request, asked):
    """[(family, match)], the one that is meant first; only what is shown is written down as listed."""
    matches = {match.family: match for match in find(asked, request.scope)}
    families = {family.pk: family for family in _families(request, matches)}
    return [(families[pk], match) for pk, match in matches.items() if pk in families]


def _recent(request):
    ids = recently_opened(request.user)
    return sorted(_families(request, ids), key=lambda family: ids.index(family.pk))


def _families(request, ids):
    if not ids:
        return []
    work = Episode.objects.live().filter(family=OuterRef("pk"))
    waiting = Referral.objects.live().filter(family=OuterRef("pk"), episode=None, status="accepted")
    under_way = {
        "work_open": Exists(work.open()),
        "work_ended": Exists(work),
        "work_waiting": Exists(waiting),
    }
    return fetch_list(request, families_named(ids).annotate(**under_way))


def _referrals(request, asked):
    """A referral by its reference: to its page, whether it has a family yet or not."""
    references = [each for each in asked.references if each.startswith("R-")]
    return fetch_list(request, Referral.objects.filter(reference__in=references)) if references else []


def _row(family, match=None):
    return {
        "name": family_name(family),
        "href": family_page(family),
        "infants": [f"{infant}, {_age(infant)}" for infant in family.infants.all()],
        "carers": [str(carer) for carer in family.caregivers.all()],
        "site": family.site,
        "status": _status(family),
        "why": [f"{who}: {', '.join(what)}" for who, what in _why(family, match)],
    }


def _status(family):
    """A code of pairs/service/statuses.py, of its kind “episode”; '' when nothing has begun."""
    if family.work_open:
        return "open"
    if family.work_waiting:
        return "waiting"
    return "ended" if family.work_ended else ""


def _age(infant):
    if infant.lost_on:
        return infant.get_loss_display().lower()
    if not infant.birth_date:
        return f"due {short_day(infant.estimated_due_date)}"
    return f"{age(infant.birth_date, timezone.localdate())}, born {short_day(infant.birth_date)}"


def _why(family, match):
    """[(name, [reasons])], nobody twice."""
    if match is None:
        return []
    names = {each.pk: str(each) for each in [*family.infants.all(), *family.caregivers.all()]}
    said = {}
    for person, what in match.why:
        if person in names:
            said.setdefault(person, []).append(what)
    return [(names[person], what) for person, what in said.items()]


# ---------------------------------------------------------------- the API
class FoundPersonOut(serializers.Serializer):
    name = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())


class FoundFamilyOut(serializers.Serializer):
    """A family that was found, by whom and why."""

    family = serializers.UUIDField()
    name = serializers.CharField()
    site = serializers.CharField()
    status = serializers.CharField()
    matched = FoundPersonOut(many=True)


class FoundReferralOut(serializers.Serializer):
    id = serializers.UUIDField()
    reference = serializers.CharField()


class FoundOut(serializers.Serializer):
    results = FoundFamilyOut(many=True)
    referrals = FoundReferralOut(many=True)
    doubt = serializers.CharField()


@policy.permission("read_families")
@extend_schema(request=schema_of(SHEET, "Search"), responses=FoundOut)
@api_view(["POST"])
def api_search(request):
    """Families in scope by anything known of anybody in them, the likeliest first, at most 20."""
    form, _ = SHEET.read(request.data)
    asked = read(form.cleaned_data["sought"])
    found = _found(request._request, asked)
    referrals = _referrals(request._request, asked)
    return Response(
        FoundOut(
            {
                "results": [_as_json(*each) for each in found],
                "referrals": [{"id": each.pk, "reference": each.reference} for each in referrals],
                "doubt": asked.doubt,
            }
        ).data
    )


def _as_json(family, match):
    return {
        "family": family.pk,
        "name": family_name(family),
        "site": family.site.code,
        "status": _status(family),
        "matched": [{"name": who, "why": what} for who, what in _why(family, match)],
    }
