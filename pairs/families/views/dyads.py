"""One infant and one carer: what is known of the two, a relationship more, and one that has ended."""

from django.contrib import messages
from django.shortcuts import redirect

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.actions import add_dyad, describe_dyad, end_dyad
from pairs.families.forms import DyadFacts, Ended, NewDyad
from pairs.families.models import Dyad, Infant
from pairs.families.opened import family_of
from pairs.families.views.carers import known_of, to_carer
from pairs.families.views.form_page import carer_of, form_page
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed


def _dyad(request, dyad_id):
    """(the dyad, the family where its notes belong), for whoever may correct it."""
    dyad = fetch(request, Dyad.objects.select_related("infant", "caregiver"), pk=dyad_id)
    return dyad, family_of(request, dyad.family_id, may="register_people")


def to_carer_of(dyad):
    """The page of the dyad's carer."""
    return to_carer(dyad.caregiver)


@policy.permission("register_people")
def new_dyad(request, caregiver_id):
    """A relationship more, with a baby of this family or of another that one may open."""
    carer, family = carer_of(request, caregiver_id, may="register_people")
    typed = Typed(request, kind="new-dyad")
    form = NewDyad(typed.data, infants=_not_yet(family, carer))
    path = typed.submitted(form, make=lambda: _made(request, family, carer, form), path_of=to_carer_of)
    if path:
        messages.success(request, "The relationship is recorded.")
        return redirect(path)
    title = f"New relationship: {carer.name_or_role}"
    text = (
        "What is written about the two belongs to this family's record, whichever family holds the baby.",
    )
    back = to_carer(carer)
    return form_page(
        request, family, typed, form, title=title, button="Save the relationship", back=back, text=text
    )


def _not_yet(family, carer):
    known = {dyad.infant_id for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk}
    return [infant for infant in family.infants.all() if infant.pk not in known]


def _made(request, family, carer, form):
    facts = dict(form.cleaned_data)
    chosen, reference = facts.pop("infant"), facts.pop("reference")
    here = {str(infant.pk): infant for infant in family.infants.all()}
    infant = here[chosen] if chosen else _by_reference(request, reference)
    return add_dyad(family=family, infant=infant, caregiver=carer, by=request.user, **facts)


def _by_reference(request, reference):
    """Reached like any record: out of scope and not there are answered alike."""
    named = Infant.objects.active().select_related("family").filter(reference__iexact=reference.strip())
    found = fetch_list(request, named)
    if not found:
        raise Refused({"reference": "We cannot find this baby. Check the reference, or ask the hub."})
    return found[0]


@policy.permission("register_people")
def dyad_facts(request, dyad_id):
    """What is known of the two."""
    dyad, family = _dyad(request, dyad_id)
    typed = Typed(request, kind="dyad-facts")
    form = DyadFacts(typed.data, initial=known_of(dyad, DyadFacts))
    path = typed.submitted(
        form, make=lambda: describe_dyad(dyad=dyad, by=request.user, **form.cleaned_data), path_of=to_carer_of
    )
    if path:
        messages.success(request, "The change is saved.")
        return redirect(path)
    return form_page(request, family, typed, form, title=str(dyad), button="Save", back=to_carer_of(dyad))


@policy.permission("register_people")
def dyad_ending(request, dyad_id):
    """They are no longer carer and child to each other."""
    dyad, family = _dyad(request, dyad_id)
    typed = Typed(request, kind="end-dyad")
    form = Ended(typed.data)
    path = typed.submitted(
        form, make=lambda: end_dyad(dyad=dyad, by=request.user, **form.cleaned_data), path_of=to_carer_of
    )
    if path:
        messages.success(request, "The relationship is ended. What was written about the two stays.")
        return redirect(path)
    title = f"Has this ended: {dyad}?"
    text = (
        "The two are no longer offered where one books or writes. Notes, measures and goals about them stay.",
        "If they come together again, record a new relationship.",
    )
    return form_page(
        request,
        family,
        typed,
        form,
        title=title,
        button="End the relationship",
        back=to_carer_of(dyad),
        text=text,
        danger=True,
    )
