"""One infant and one carer: what is known of the two, a relationship more, and one that has ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.actions import add_dyad, end_dyad, update_dyad
from pairs.families.forms import DyadForm, EndDateForm, NewDyadForm
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.families.views.carers import build_record_initial, get_carer_path
from pairs.families.views.form_page import get_carer_and_family, render_form_page
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission


def _get_dyad_and_family(request: ScopedRequest, dyad_id: UUID) -> tuple[Any, ...]:
    """(the dyad, the family where its notes belong), for whoever may correct it."""
    dyad = get_visible_or_404(request, Dyad.objects.select_related("infant", "caregiver"), pk=dyad_id)
    return dyad, get_family(request, dyad.family_id, may="register_people")


def get_carer_path_of_dyad(dyad: Dyad) -> str:
    """The page of the dyad's carer."""
    return get_carer_path(dyad.caregiver)


@policy.permission("register_people")
def add_new_dyad(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """A relationship more, with a baby of this family or of another that one may open."""
    carer, family = get_carer_and_family(request, caregiver_id, may="register_people")
    submission = FormSubmission(request, kind="new-dyad")
    form = NewDyadForm(submission.data, infants=_list_unrelated_infants(family, carer))
    path = submission.save_once(
        form, make=lambda: _add_dyad_from_form(request, family, carer, form), path_of=get_carer_path_of_dyad
    )
    if path:
        messages.success(request, "The relationship is recorded.")
        return redirect(path)
    title = f"New relationship: {carer.name_or_role}"
    text = (
        "What is written about the two belongs to this family's record, whichever family holds the baby.",
    )
    back = get_carer_path(carer)
    return render_form_page(
        request, family, submission, form, title=title, button="Save the relationship", back=back, text=text
    )


def _list_unrelated_infants(family: Family, carer: Caregiver) -> list[Infant]:
    known = {dyad.infant_id for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk}
    return [infant for infant in family.infants.all() if infant.pk not in known]


def _add_dyad_from_form(request: ScopedRequest, family: Family, carer: Caregiver, form: NewDyadForm) -> Dyad:
    facts = dict(form.cleaned_data)
    chosen, reference = facts.pop("infant"), facts.pop("reference")
    here = {str(infant.pk): infant for infant in family.infants.all()}
    infant = here[chosen] if chosen else _find_infant_by_reference(request, reference)
    return add_dyad(family=family, infant=infant, caregiver=carer, by=request.user, **facts)


def _find_infant_by_reference(request: ScopedRequest, reference: str) -> Infant:
    """Reached like any record: out of scope and not there are answered alike."""
    named = Infant.objects.active().select_related("family").filter(reference__iexact=reference.strip())
    found = list_visible(request, named)
    if not found:
        raise ActionRefused({"reference": "We cannot find this baby. Check the reference, or ask the hub."})
    return found[0]


@policy.permission("register_people")
def edit_dyad(request: ScopedRequest, dyad_id: UUID) -> HttpResponse:
    """What is known of the two."""
    dyad, family = _get_dyad_and_family(request, dyad_id)
    submission = FormSubmission(request, kind="dyad-facts")
    form = DyadForm(submission.data, initial=build_record_initial(dyad, DyadForm))
    path = submission.save_once(
        form,
        make=lambda: update_dyad(dyad=dyad, by=request.user, **form.cleaned_data),
        path_of=get_carer_path_of_dyad,
    )
    if path:
        messages.success(request, "The change is saved.")
        return redirect(path)
    return render_form_page(
        request, family, submission, form, title=str(dyad), button="Save", back=get_carer_path_of_dyad(dyad)
    )


@policy.permission("register_people")
def end_relationship(request: ScopedRequest, dyad_id: UUID) -> HttpResponse:
    """They are no longer carer and child to each other."""
    dyad, family = _get_dyad_and_family(request, dyad_id)
    submission = FormSubmission(request, kind="end-dyad")
    form = EndDateForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: end_dyad(dyad=dyad, by=request.user, **form.cleaned_data),
        path_of=get_carer_path_of_dyad,
    )
    if path:
        messages.success(request, "The relationship is ended. What was written about the two stays.")
        return redirect(path)
    title = f"Has this ended: {dyad}?"
    text = (
        "The two are no longer offered where one books or writes. Notes, measures and goals about them stay.",
        "If they come together again, record a new relationship.",
    )
    return render_form_page(
        request,
        family,
        submission,
        form,
        title=title,
        button="End the relationship",
        back=get_carer_path_of_dyad(dyad),
        text=text,
        danger=True,
    )
