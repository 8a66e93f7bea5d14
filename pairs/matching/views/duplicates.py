"""Likely duplicates: the queue, what one record may be the same as, the two side by side, and "not the same"."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families import opened
from pairs.families.banner import banner_of
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.matching.actions import tell_apart
from pairs.matching.actions.merging import held_family, held_person, kind_of
from pairs.matching.comparing import UNSAID, facts_of
from pairs.matching.duplicates import described, likely_duplicates, look_alikes
from pairs.matching.forms.duplicates import TellApart
from pairs.matching.models import CAREGIVER, INFANT
from pairs.matching.rules.likeness import likeness
from pairs.matching.rules.merging import why_not_one_family, why_not_one_person
from pairs.service.pages import age, day
from pairs.submissions.actions import token_from
from pairs.submissions.typed import Typed

PEOPLE = {INFANT: Infant, CAREGIVER: Caregiver}
KINDS = {INFANT: "Babies", CAREGIVER: "Carers"}
A_PAGE = 25


@policy.permission("register_people")
def duplicates(request):
    """The queue: pairs in my scope that may be one person, the strongest first."""
    kind = request.GET.get("of") if request.GET.get("of") in KINDS else INFANT
    page = Paginator(likely_duplicates(request.scope, kind), A_PAGE).get_page(request.GET.get("page"))
    ids = {row_id for pair in page.object_list for row_id in (pair.one, pair.other)}
    people = {row.pk: row for row in _people(request, kind, ids)}
    pairs = [pair for pair in page.object_list if pair.one in people and pair.other in people]
    rows = [_row(people[pair.one], people[pair.other], pair.likeness) for pair in pairs]
    context = {"rows": rows, "page": page, "kinds": KINDS, "chosen": kind}
    return render(request, "matching/duplicates.html", context)


def _people(request, kind, ids):
    people = PEOPLE[kind].objects.filter(pk__in=ids).select_related("family__site")
    return fetch_list(request, people)


def _row(one, other, how):
    return {
        "one": person_words(one),
        "other": person_words(other),
        "evidence": "; ".join(how.evidence),
        "strength": how.strength,
        "href": compare_page(one, other),
        "sites": sorted({str(one.family.site), str(other.family.site)}),
    }


def person_words(person):
    """Name and birth, as a list shows somebody."""
    if person.birth_date:
        return f"{person}, born {day(person.birth_date)} ({age(person.birth_date, timezone.localdate())})"
    due = getattr(person, "estimated_due_date", None)
    return f"{person}, due {day(due)}" if due else f"{person}, date of birth not recorded"


def duplicates_page(person):
    return reverse(f"{kind_of(person)}-duplicates", args=[person.pk])


def compare_page(one, other):
    return f"{duplicates_page(one)}?other={other.pk}"


def merge_page(kept, merged):
    return f"{reverse(f'merge-{kind_of(kept)}', args=[kept.pk])}?other={merged.pk}"


@policy.permission("register_people")
def infant_duplicates(request, infant_id):
    """What a baby's record may be the same as; with ?other=, the two side by side."""
    return _duplicates_of(request, fetch(request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
def caregiver_duplicates(request, caregiver_id):
    """What a carer's record may be the same as; with ?other=, the two side by side."""
    return _duplicates_of(request, fetch(request, Caregiver.objects.all(), pk=caregiver_id))


def _duplicates_of(request, person):
    family = family_of(request, person)
    if other_named(request) is None:
        return _listed(request, person, family)
    return _compared(request, person, family)


def _listed(request, person, family):
    found = look_alikes(person, request.scope)
    people = {row.pk: row for row in _people(request, kind_of(person), found.here)}
    rows = [_row(person, people[pk], how) for pk, how in found.here.items() if pk in people]
    context = {"person": person, "rows": rows, "elsewhere": found.elsewhere, "banner": banner_of(family)}
    return render(request, "matching/of_person.html", context)


def _compared(request, person, family):
    other, their_family = the_other(request, person)
    typed = Typed(request, kind="tell-apart")
    form = TellApart(typed.data, initial={"other": other.pk})
    path = typed.submitted(
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
        "rows": side_by_side(request, (person, family), (other, their_family)),
        "evidence": _evidence(person, other),
        "ways": [_way(*each) for each in ((person, other, "on the left"), (other, person, "on the right"))],
        "form": form,
        "banner": banner_of(family),
        "submission_token": typed.token,
    }
    return render(request, "matching/compare.html", context)


def _evidence(person, other):
    """In words; a pair that nobody looks at by itself has its differences told too."""
    known = described(kind_of(person), [person.pk, other.pk])
    return likeness(known[person.pk], known[other.pk]).evidence


def _way(kept, merged, where):
    """Keeping the one of the two: the page that does it, or why nobody may."""
    why = why_not_one_person(held_person(kept), held_person(merged))
    if not why and kept.family_id != merged.family_id:
        why = why_not_one_family(held_family(kept.family), held_family(merged.family))
    return {"text": f"Merge, and keep the record {where}", "href": merge_page(kept, merged), "why_not": why}


# ---------------------------------------------------------------- shared with merging


def family_of(request, person):
    """The person's family, to be corrected by whoever registers people at its site (403 else)."""
    return opened.family_of(request, person.family_id, may="register_people")


def other_named(request):
    """The id of the other record: posted with the form, or in the query."""
    return token_from(request.POST.get("other") or request.GET.get("other"))


def the_other(request, person, named=None):
    """(the other record, its family): in scope and of the same kind, else 404."""
    people = PEOPLE[kind_of(person)].objects.exclude(pk=person.pk)
    other = fetch(request, people, pk=named or other_named(request) or _nobody())
    return other, family_of(request, other)


def _nobody():
    raise Http404


def side_by_side(request, mine, theirs):
    """Every fact of the two, and where they belong: [{label, one, other, differs}]."""
    rows = [
        {"label": fact.label, "one": fact.kept, "other": fact.merged, "differs": fact.differs}
        for fact in facts_of(mine[0], theirs[0])
        if {fact.kept, fact.merged} != {UNSAID}
    ]
    for label, said in (("Reference", _reference), ("With", _with), ("Held at", _held_at)):
        one, other = (said(request, *each) for each in (mine, theirs))
        if one or other:
            rows.append({"label": label, "one": one, "other": other, "differs": False})
    return rows


def _reference(request, person, family):
    return getattr(person, "reference", "")


def _held_at(request, person, family):
    return f"{family.site}, restricted" if family.restricted else str(family.site)


def _with(request, person, family):
    """The people on the other side of their dyads, in words."""
    near, far = (INFANT, CAREGIVER) if isinstance(person, Infant) else (CAREGIVER, INFANT)
    dyads = fetch_list(request, Dyad.objects.filter(**{near: person}).select_related(far))
    return "; ".join(f"{getattr(dyad, far)} ({dyad.get_relationship_display().lower()})" for dyad in dyads)
