"""Likely duplicates: the queue, what one record may be the same as, the two side by side, and "not the same"."""

from typing import Any, NoReturn
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families import access
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.matching.actions import tell_apart
from pairs.matching.actions.merging import build_family_merge_facts, build_person_merge_facts, get_record_kind
from pairs.matching.comparison import NOT_RECORDED, compare_facts
from pairs.matching.duplicates import find_likely_duplicates, find_look_alikes, load_descriptions
from pairs.matching.forms.duplicates import TellApartForm
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import Likeness, compare_people
from pairs.matching.rules.merging import find_family_merge_error, find_person_merge_error
from pairs.submissions.actions import parse_token
from pairs.submissions.form_submission import FormSubmission
from pairs.web.jinja_environment import format_age, format_day

PERSON_MODELS: dict[str, type[Infant] | type[Caregiver]] = {
    PersonKind.INFANT: Infant,
    PersonKind.CAREGIVER: Caregiver,
}
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
    people = PERSON_MODELS[kind].objects.filter(pk__in=ids).select_related("family__site")
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


@policy.permission("register_people")
def list_infant_duplicates(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """What a baby's record may be the same as; with ?other=, the two side by side."""
    return _list_or_compare(request, get_visible_or_404(request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
def list_caregiver_duplicates(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """What a carer's record may be the same as; with ?other=, the two side by side."""
    return _list_or_compare(request, get_visible_or_404(request, Caregiver.objects.all(), pk=caregiver_id))


def _list_or_compare(request: ScopedRequest, person: Any) -> HttpResponse:
    family = get_registrable_family(request, person)
    if get_other_id(request) is None:
        return _render_duplicates(request, person, family)
    return _handle_comparison(request, person, family)


def _render_duplicates(request: ScopedRequest, person: Caregiver | Infant, family: Family) -> HttpResponse:
    found = find_look_alikes(person, request.scope)
    people = {row.pk: row for row in _list_people(request, get_record_kind(person), found.here)}
    rows = [_build_pair_row(person, people[pk], how) for pk, how in found.here.items() if pk in people]
    context = {"person": person, "rows": rows, "elsewhere": found.elsewhere, "banner": build_banner(family)}
    return render(request, "matching/of_person.html", context)


def _handle_comparison(request: ScopedRequest, person: Caregiver | Infant, family: Family) -> HttpResponse:
    other, their_family = get_other_and_family(request, person)
    submission = FormSubmission(request, kind="tell-apart")
    form = TellApartForm(submission.data, initial={"other": other.pk})
    path = submission.save_once(
        form,
        make=lambda: tell_apart(one=person, other=other, reason=form.cleaned_data["reason"], by=request.user),
        path_of=lambda row: reverse("duplicates"),
    )
    if path:
        messages.success(request, "They are two people. This pair is not offered again.")
        return redirect(path)
    context = {
        "person": person,
        "other": other,
        "rows": build_comparison_rows(request, (person, family), (other, their_family)),
        "evidence": _list_evidence(person, other),
        "ways": [
            _build_merge_option(*each)
            for each in ((person, other, "on the left"), (other, person, "on the right"))
        ],
        "form": form,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    return render(request, "matching/compare.html", context)


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


# ---------------------------------------------------------------- shared with merging


def get_registrable_family(request: ScopedRequest, person: Any) -> Family:
    """The person's family, to be corrected by whoever registers people at its site (403 else)."""
    return access.get_family(request, person.family_id, may="register_people")


def get_other_id(request: ScopedRequest) -> Any:
    """The id of the other record: posted with the form, or in the query."""
    return parse_token(request.POST.get("other") or request.GET.get("other"))


def get_other_and_family(
    request: ScopedRequest, person: Caregiver | Infant, named: UUID | None = None
) -> tuple[Any, Family]:
    """(the other record, its family): in scope and of the same kind, else 404."""
    people = PERSON_MODELS[get_record_kind(person)].objects.exclude(pk=person.pk)
    other = get_visible_or_404(request, people, pk=named or get_other_id(request) or _raise_not_found())
    return other, get_registrable_family(request, other)


def _raise_not_found() -> NoReturn:
    raise Http404


def build_comparison_rows(
    request: ScopedRequest, mine: tuple[Any, Family], theirs: tuple[Any, Family]
) -> list[dict[str, Any]]:
    """Every fact of the two, and where they belong: [{label, one, other, differs}]."""
    rows = [
        {"label": fact.label, "one": fact.kept, "other": fact.merged, "differs": fact.differs}
        for fact in compare_facts(mine[0], theirs[0])
        if {fact.kept, fact.merged} != {NOT_RECORDED}
    ]
    for label, said in (
        ("Reference", _get_reference),
        ("With", _describe_dyads),
        ("Held at", _describe_site),
    ):
        one, other = (said(request, *each) for each in (mine, theirs))
        if one or other:
            rows.append({"label": label, "one": one, "other": other, "differs": False})
    return rows


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
