"""The people of a family: who is who, a carer's own page, and each part of it changed on a page of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.families.actions import add_caregiver, describe_caregiver, describe_ethnicity
from pairs.families.banner import banner_of, family_name
from pairs.families.forms import CarerAbout, CarerDetails, CarerReached, Ethnicity, NewCarer, Relationships
from pairs.families.history import earlier
from pairs.families.models import Address, Caregiver, Dyad, Family
from pairs.families.opened import family_of
from pairs.families.shown import (
    ETHNIC,
    about_rows,
    address_row,
    detail_rows,
    ethnicity_of,
    history_of_carer,
    life_of,
    reach_rows,
    relationship,
    span,
    until_lines,
)
from pairs.families.views.form_page import alerts_of, carer_of, form_page, infant_of
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed

WHY_ETHNICITY = (
    "We ask everybody. It shows us whether families of every background find their way here and are helped as "
    "well as each other.",
    "Ask it as their own description, not as it looks to you. Preferring not to say is an answer too, and it can be "
    "changed at any time.",
)


@policy.permission("read_families", "govern_records")
def family_people(request, family_id):
    """Everybody of the family with where they live: carers without a relationship too."""
    family = family_of(request, family_id)
    addresses = Address.objects.current().filter(family=family).select_related("infant", "caregiver")
    context = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "infants": [_infant_row(family, infant) for infant in family.infants.all()],
        "carers": [_carer_row(family, carer) for carer in _carers(request, family)],
        "addresses": [address_row(address) for address in fetch_list(request, addresses)],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render(request, "families/people.html", context)


def _carers(request, family):
    return fetch_list(request, Caregiver.objects.filter(family=family).order_by("created_at"))


def _infant_row(family, infant):
    held_here = infant.family_id == family.pk
    return {
        "id": infant.pk,
        "name": infant.name or infant.reference,
        "held_here": held_here,
        "ethnicity": ethnicity_of(infant) if held_here else "",
    }


def _carer_row(family, carer):
    dyads = [dyad for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk]
    return {
        "id": carer.pk,
        "name": carer.name_or_role,
        "life": f"Born {life_of(carer)}" if carer.birth_date else life_of(carer),
        "relationships": [
            f"{dyad.infant.name or dyad.infant.reference}: {relationship(dyad)}" for dyad in dyads
        ],
    }


@policy.permission("read_families", "govern_records")
def caregiver(request, caregiver_id):
    """Everything known of one carer, a person in their own right."""
    carer, family = carer_of(request, caregiver_id)
    before = history_of_carer(carer)
    dyads = Dyad.objects.filter(caregiver=carer).select_related("infant").order_by("until", "created_at")
    addresses = Address.objects.filter(caregiver=carer, family=family).select_related("caregiver")
    context = {
        "carer": carer,
        "family": family,
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "details": detail_rows(carer),
        "reach": reach_rows(carer, before),
        "about": [*about_rows(carer), _ethnicity_row(carer, before["ethnicity"])],
        "dyads": [_dyad_row(dyad) for dyad in fetch_list(request, dyads)],
        "addresses": [address_row(each) for each in fetch_list(request, addresses.newest_first())],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render(request, "families/caregiver.html", context)


def _ethnicity_row(carer, before):
    earlier_answers = until_lines(_asked_before(before), ETHNIC.get)
    return {"key": "Ethnic background", "value": [ETHNIC[carer.ethnicity], *earlier_answers]}


def _asked_before(values):
    """Earlier answers; that nobody had asked yet is none."""
    return [(value, until) for value, until in values if value != "99"]


def _dyad_row(dyad):
    return {
        "id": dyad.pk,
        "infant": dyad.infant.name or dyad.infant.reference,
        "what": relationship(dyad),
        "restrictions": dyad.restrictions,
        "span": span(dyad),
        "ended": dyad.until is not None,
    }


def to_carer(carer):
    """The carer's page."""
    return reverse("caregiver", args=[carer.pk])


@policy.permission("register_people")
def new_caregiver(request, family_id):
    """One more carer, with a relationship to each baby or to none."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="new-caregiver")
    form = NewCarer(typed.data)
    rows = Relationships(typed.data, initial=[{"infant": infant.pk} for infant in family.infants.all()])
    path = typed.submitted(
        form, rows, make=lambda: carer_from(family, form, rows, request.user), path_of=to_carer
    )
    if path:
        messages.success(request, "The carer is recorded.")
        return redirect(path)
    context = {
        "form": form,
        "rows": rows,
        "named": _named(family, rows),
        "family": family,
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "submission_token": typed.token,
    }
    return render(request, "families/new_caregiver.html", context)


def carer_from(family: Family, form, rows, by):
    """The carer that form and rows describe; the page and the API both make it here."""
    infants = {infant.pk: infant for infant in family.infants.all()}
    chosen = rows.chosen()
    if any(pk not in infants for pk, _ in chosen):
        raise Refused({"dyads": "Choose from this family."})
    facts = {name: value for name, value in form.cleaned_data.items() if name != "family"}
    return add_caregiver(family=family, by=by, dyads=[(infants[pk], said) for pk, said in chosen], **facts)


def _named(family, rows):
    """Each row with its baby's name; a row about nobody here is left out."""
    names = {str(infant.pk): infant.name or f"Baby {infant.reference}" for infant in family.infants.all()}
    found = ((names.get(str(row["infant"].value())), row) for row in rows.forms)
    return [(name, row) for name, row in found if name]


def _change(request, caregiver_id, form_class, *, slug, title, options=lambda carer: {}):
    """One part of what is known of a carer, on a page of its own."""
    carer, family = carer_of(request, caregiver_id, may="register_people")
    typed = Typed(request, kind=slug)
    form = form_class(typed.data, initial=known_of(carer, form_class), **options(carer))
    path = typed.submitted(
        form,
        make=lambda: describe_caregiver(caregiver=carer, by=request.user, **form.cleaned_data),
        path_of=to_carer,
    )
    if path:
        messages.success(request, "The change is saved. What stood there before is kept.")
        return redirect(path)
    title = f"{title}: {carer.name_or_role}"
    return form_page(request, family, typed, form, title=title, button="Save", back=to_carer(carer))


def known_of(carer, form_class):
    """The form's values as they are now."""
    fields = [name for name in form_class.base_fields if hasattr(carer, name) and name != "exclusion_groups"]
    known = {name: getattr(carer, name) for name in fields}
    if "exclusion_groups" in form_class.base_fields:
        known["exclusion_groups"] = [group.code for group in carer.exclusion_groups.all()]
    return known


@policy.permission("register_people")
def caregiver_details(request, caregiver_id):
    """Name, dates and NHS number."""
    return _change(request, caregiver_id, CarerDetails, slug="caregiver-details", title="Name and dates")


@policy.permission("register_people")
def caregiver_reached(request, caregiver_id):
    """How to reach them safely, and what they need."""
    return _change(request, caregiver_id, CarerReached, slug="caregiver-reached", title="How to reach")


@policy.permission("register_people")
def caregiver_about(request, caregiver_id):
    """What they told us about themselves."""
    return _change(
        request, caregiver_id, CarerAbout, slug="caregiver-about", title="About", options=groups_already
    )


def groups_already(carer):
    """What the form must know to keep a tick on a group that was retired since."""
    return {"already": list(carer.exclusion_groups.all())}


@policy.permission("register_people")
def caregiver_ethnicity(request, caregiver_id):
    """How a carer describes their ethnic background."""
    carer, family = carer_of(request, caregiver_id, may="register_people")
    return _ethnicity_page(request, carer, family, carer.name_or_role, to_carer(carer), WHY_ETHNICITY)


@policy.permission("register_people")
def infant_ethnicity(request, infant_id):
    """How the family describes the baby's; before birth it says whose is shown."""
    infant, family = infant_of(request, infant_id, may="register_people")
    shown = () if infant.birth_date else (f"Shown until the baby is born: {ethnicity_of(infant)}.",)
    back = reverse("family-people", args=[family.pk])
    name = infant.name or f"Baby {infant.reference}"
    return _ethnicity_page(request, infant, family, name, back, WHY_ETHNICITY + shown)


def _ethnicity_page(request, person, family, name, back, text):
    typed = Typed(request, kind="ethnicity")
    form = Ethnicity(typed.data, initial={"ethnicity": person.ethnicity})
    path = typed.submitted(
        form,
        make=lambda: describe_ethnicity(person=person, by=request.user, **form.cleaned_data),
        path_of=lambda made: back,
    )
    if path:
        messages.success(request, "Thank you: the answer is saved.")
        return redirect(path)
    before = until_lines(_asked_before(earlier(person, "ethnicity")["ethnicity"]), ETHNIC.get)
    title = f"Ethnic background: {name}"
    return form_page(
        request,
        family,
        typed,
        form,
        title=title,
        button="Save the answer",
        back=back,
        text=text,
        earlier=before,
    )
