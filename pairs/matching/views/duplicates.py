"""Likely duplicates: the queue, what one record may be the same as, the two side by side, and "not the same"."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.families.record_forms import FamilyFormPage
from pairs.matching import record_forms
from pairs.matching.actions.merging import build_family_merge_facts, build_person_merge_facts, get_record_kind
from pairs.matching.comparison import NOT_RECORDED, compare_facts
from pairs.matching.descriptions import MODELS_BY_KIND, load_descriptions
from pairs.matching.duplicates import find_likely_duplicates, find_look_alikes
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import Likeness, compare_people
from pairs.matching.rules.merging import find_family_merge_error, find_person_merge_error
from pairs.submissions.actions import parse_token
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_age, format_day

KIND_LABELS: dict[str, str] = {PersonKind.INFANT: "Babies", PersonKind.CAREGIVER: "Carers"}
PER_PAGE = 25


@policy.permission("register_people")
def list_duplicates(request: Any) -> HttpResponse:
    """The queue: pairs in my scope that may be one person, the strongest first."""
    kind = request.GET.get("of") if request.GET.get("of") in KIND_LABELS else PersonKind.INFANT
    page = Paginator(find_likely_duplicates(request.scope, kind), PER_PAGE).get_page(request.GET.get("page"))
    ids = {row_id for pair in page.object_list for row_id in (pair.one, pair.other)}
    people = {row.pk: row for row in _list_people(request, kind, ids)}
    pairs = [pair for pair in page.object_list if pair.one in people and pair.other in people]
    rows = [_build_pair_row(people[pair.one], people[pair.other], pair.likeness) for pair in pairs]
    context = {"rows": rows, "page": page, "kinds": KIND_LABELS, "chosen": kind}
    return render(request, "matching/duplicates.html", context)


def _list_people(request: HttpRequest, kind: Any, ids: Any) -> list[Caregiver]:
    people = MODELS_BY_KIND[kind].objects.filter(pk__in=ids).select_related("family__site")
    return list_visible(request, people)


def _build_pair_row(one: Caregiver | Infant, other: Caregiver, how: Likeness) -> dict[str, Any]:
    return {
        "one": describe_person(one),
        "other": describe_person(other),
        "evidence": "; ".join(how.evidence),
        "strength": how.strength,
        "href": get_comparison_path(one, other),
        "sites": sorted({str(one.family.site), str(other.family.site)}),
    }


def describe_person(person: Caregiver | Infant) -> str:
    """Name and birth, as a list shows somebody."""
    if person.birth_date:
        return f"{person}, born {format_day(person.birth_date)} ({format_age(person.birth_date, timezone.localdate())})"
    due = getattr(person, "estimated_due_date", None)
    return f"{person}, due {format_day(due)}" if due else f"{person}, date of birth not recorded"


def get_duplicates_path(person: Caregiver | Infant) -> str:
    return reverse(f"{get_record_kind(person)}-duplicates", args=[person.pk])


def get_comparison_path(one: Caregiver | Infant, other: Caregiver) -> str:
    return f"{get_duplicates_path(one)}?other={other.pk}"


def get_merge_form_path(kept: Caregiver | Infant, merged: Caregiver | Infant) -> str:
    return f"{reverse(f'merge-{get_record_kind(kept)}', args=[kept.pk])}?other={merged.pk}"


class PersonPairPage(FamilyFormPage):
    """A form about two records: the one in the address, and ``other`` in its query or posted with the form."""

    def get_other_id(self) -> UUID | None:
        return parse_token(self.request.POST.get("other") or self.request.GET.get("other"))

    def get_initial(self) -> dict[str, Any]:
        return {"other": self.other.pk}

    def build_comparison_rows(self) -> list[dict[str, Any]]:
        """Every fact of the two, and where they belong: [{label, one, other, differs}]."""
        mine, theirs = (self.record, self.family), (self.other, self.other_family)
        rows = [
            {"label": fact.label, "one": fact.kept, "other": fact.merged, "differs": fact.differs}
            for fact in compare_facts(self.record, self.other)
            if {fact.kept, fact.merged} != {NOT_RECORDED}
        ]
        for label, said in (
            ("Reference", _get_reference),
            ("With", _describe_dyads),
            ("Site", _describe_site),
        ):
            one, other = (said(self.request, *each) for each in (mine, theirs))
            if one or other:
                rows.append({"label": label, "one": one, "other": other, "differs": False})
        return rows


class DuplicatesPage(PersonPairPage):
    """What a record may be the same as; with ?other=, the two side by side, to be told apart or merged."""

    kind = "tell-apart"
    template_name = "matching/compare.html"
    title = "Same person, or two people?"
    button = "They are not the same person"
    message = "Two different people. This pair will not be listed again."
    back = PageOf("duplicates", text="Possible duplicates")

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_other_id() is None:
            return self._show_look_alikes()
        return super().get(request, *args, **kwargs)

    post = get

    def _show_look_alikes(self) -> HttpResponse:
        found = find_look_alikes(self.record, self.request.scope)
        people = {row.pk: row for row in _list_people(self.request, get_record_kind(self.record), found.here)}
        rows = [
            _build_pair_row(self.record, people[pk], how) for pk, how in found.here.items() if pk in people
        ]
        context = {"person": self.record, "rows": rows, "elsewhere": found.elsewhere}
        return render(self.request, "matching/of_person.html", super().get_context(None) | context)

    def get_context(self, form: Any) -> dict[str, Any]:
        ways = ((self.record, self.other, "on the left"), (self.other, self.record, "on the right"))
        return super().get_context(form) | {
            "person": self.record,
            "other": self.other,
            "rows": self.build_comparison_rows(),
            "evidence": _list_evidence(self.record, self.other),
            "ways": [_build_merge_option(*each) for each in ways],
        }


@policy.permission("register_people")
class InfantDuplicatesPage(record_forms.TellInfantsApart, DuplicatesPage):
    """What a baby's record may be the same as."""


@policy.permission("register_people")
class CaregiverDuplicatesPage(record_forms.TellCaregiversApart, DuplicatesPage):
    """What a carer's record may be the same as."""


def _list_evidence(person: Caregiver | Infant, other: Caregiver | Infant) -> tuple[str, ...]:
    """In words; a pair that nobody looks at by itself has its differences told too."""
    known = load_descriptions(get_record_kind(person), [person.pk, other.pk])
    return compare_people(known[person.pk], known[other.pk]).evidence


def _build_merge_option(kept: Caregiver | Infant, merged: Caregiver | Infant, where: str) -> dict[str, str]:
    """Keeping the one of the two: the page that does it, or why nobody may."""
    why = find_person_merge_error(build_person_merge_facts(kept), build_person_merge_facts(merged))
    if not why and kept.family_id != merged.family_id:
        why = find_family_merge_error(
            build_family_merge_facts(kept.family), build_family_merge_facts(merged.family)
        )
    return {
        "text": f"Merge, and keep the record {where}",
        "href": get_merge_form_path(kept, merged),
        "why_not": why,
    }


def _get_reference(request: ScopedRequest, person: Caregiver | Infant, family: Family) -> str:
    return getattr(person, "reference", "")


def _describe_site(request: ScopedRequest, person: Caregiver | Infant, family: Family) -> str:
    return f"{family.site}, restricted" if family.restricted else str(family.site)


def _describe_dyads(request: ScopedRequest, person: Caregiver | Infant, family: Family) -> str:
    """The people on the other side of their dyads, in words."""
    near = get_record_kind(person)
    far = PersonKind.CAREGIVER if near == PersonKind.INFANT else PersonKind.INFANT
    dyads = list_visible(request, Dyad.objects.filter(**{near: person}).select_related(far))
    return "; ".join(f"{getattr(dyad, far)} ({dyad.get_relationship_display().lower()})" for dyad in dyads)
