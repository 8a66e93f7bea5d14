"""Finding a family: one box, what it found and why, and the families opened last. A POST: no name in an address.

No FormPage, since it makes nothing: of a FormSubmission it takes what was typed, also what was kept while locked.
Here and not in pairs.matching, since a result shows open work, and a referral reference is searched too.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers

from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.api.views import QueryApi
from pairs.families.ages import format_ages, get_birth
from pairs.families.banner import get_family_name, get_family_path
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_family_lines
from pairs.families.models import Family, Infant
from pairs.matching.forms.search import SearchForm
from pairs.matching.query_parser import SearchQuery, parse_query
from pairs.matching.ranking import FamilyMatch
from pairs.matching.recent_families import list_recently_opened
from pairs.matching.search import find_families, query_families_by_id
from pairs.submissions.form_submission import FormSubmission
from pairs.web.formats import format_short_day
from referrals.models import Referral
from referrals.rules.choices import ReferralState


@policy.permission("read_families")
def search_families(request: ScopedRequest) -> HttpResponse:
    """What was typed and what it found; with nothing typed, the families opened last."""
    form = SearchForm(FormSubmission(request, kind="search").data)
    sought = form.cleaned_data["sought"] if form.is_valid() else ""
    search = parse_query(sought)
    found = _find_families(request, search) if sought else []
    context = {
        "form": form,
        "sought": sought,
        "asked": search,
        "found": _build_result_rows(found),
        "referrals": _find_referrals(request, search),
        "recent": _build_result_rows([(family, None) for family in _list_recent_families(request)])
        if not sought
        else [],
        "may_refer": request.scope.may("make_referrals"),
    }
    return render(request, "dashboards/search.html", context)


def _find_families(request: ScopedRequest, search: SearchQuery) -> list[tuple[Family, FamilyMatch]]:
    """[(family, match)], the one that is meant first; only what is shown is written down as listed."""
    matches = {match.family: match for match in find_families(search, request.scope)}
    families = {family.pk: family for family in _load_families(request, matches)}
    return [(families[pk], match) for pk, match in matches.items() if pk in families]


def _list_recent_families(request: ScopedRequest) -> list[Family]:
    ids = list_recently_opened(request.user)
    return sorted(_load_families(request, ids), key=lambda family: ids.index(family.pk))


def _load_families(request: ScopedRequest, ids: dict[UUID, FamilyMatch] | list[UUID]) -> list[Family]:
    if not ids:
        return []
    work = Episode.objects.live().filter(family=OuterRef("pk"))
    waiting = Referral.objects.live().filter(
        family=OuterRef("pk"), episode=None, status=ReferralState.ACCEPTED
    )
    under_way = {
        "work_open": Exists(work.open()),
        "work_ended": Exists(work),
        "work_waiting": Exists(waiting),
    }
    return list_visible(request, query_families_by_id(ids).annotate(**under_way))


def _find_referrals(request: ScopedRequest, search: SearchQuery) -> list[Referral]:
    """A referral by its reference: to its page, whether it has a family yet or not."""
    references = [each for each in search.references if each.startswith("R-")]
    return list_visible(request, Referral.objects.filter(reference__in=references)) if references else []


def _build_result_rows(found: Sequence[tuple[Family, FamilyMatch | None]]) -> list[dict[str, Any]]:
    lines = load_family_lines((family.pk for family, _ in found), timezone.localdate())
    return [_build_result_row(family, lines[family.pk], match) for family, match in found]


def _build_result_row(family: Family, line: FamilyLine, match: FamilyMatch | None) -> dict[str, Any]:
    return {
        "line": line,
        "href": get_family_path(family),
        "infants": [f"{infant}, {_describe_age(infant)}" for infant in family.infants.all()],
        "carers": [str(carer) for carer in family.caregivers.all()],
        "site": family.site,
        "status": _get_status_code(family),
        "why": [f"{who}: {', '.join(what)}" for who, what in _group_reasons(family, match)],
    }


def _get_status_code(family: Any) -> str:
    """A code of pairs/web/status_tags.py, of its kind “episode”; '' when nothing has begun."""
    if family.work_open:
        return "open"
    if family.work_waiting:
        return "waiting"
    return "ended" if family.work_ended else ""


def _describe_age(infant: Infant) -> str:
    if infant.lost_on:
        return infant.get_loss_display().lower()
    if not infant.birth_date:
        return f"due {format_short_day(infant.estimated_due_date)}"
    ages = format_ages(get_birth(infant), timezone.localdate())
    return f"{ages}, born {format_short_day(infant.birth_date)}"


def _group_reasons(family: Family, match: FamilyMatch | None) -> list[tuple[str, list[str]]]:
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
    """Somebody of a family, and what speaks for their being meant."""

    name = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())


class FoundFamilyOut(serializers.Serializer):
    """A family that was found, by whom and why."""

    family = serializers.UUIDField()
    name = serializers.CharField()
    site = serializers.CharField()
    status = serializers.ChoiceField(
        ["open", "waiting", "ended", ""], help_text="Of its work; empty: nothing has begun."
    )
    matched = FoundPersonOut(many=True)


class FoundReferralOut(serializers.Serializer):
    """A referral whose reference was sought."""

    id = serializers.UUIDField()
    reference = serializers.CharField()


class FoundOut(serializers.Serializer):
    """What was found. ``doubt``: what could not be read of what was sought."""

    results = FoundFamilyOut(many=True)
    referrals = FoundReferralOut(many=True)
    doubt = serializers.CharField()


@policy.permission("read_families")
class FamilySearch(QueryApi):
    """Families by anything known of anybody in them, the likeliest first, at most 20."""

    form_class = SearchForm
    serializer_class = FoundOut

    def find(self, form: SearchForm) -> dict[str, Any]:
        search = parse_query(form.cleaned_data["sought"])
        found = _find_families(self.request, search)
        return {
            "results": [_serialize_result(*each) for each in found],
            "referrals": _find_referrals(self.request, search),
            "doubt": search.doubt,
        }


def _serialize_result(family: Family, match: FamilyMatch) -> dict[str, Any]:
    return {
        "family": family.pk,
        "name": get_family_name(family),
        "site": family.site.code,
        "status": _get_status_code(family),
        "matched": [{"name": who, "why": what} for who, what in _group_reasons(family, match)],
    }
