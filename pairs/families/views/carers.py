"""The people of a family: who is who, a carer's own page, and each part of it changed on a page of its own."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.actions import add_caregiver, update_caregiver, update_ethnicity
from pairs.families.banner import build_banner, get_family_name
from pairs.families.forms import (
    CarerBackgroundForm,
    CarerContactForm,
    CarerDetailsForm,
    EthnicityForm,
    NewCarerForm,
    RelationshipFormSet,
)
from pairs.families.forms.carers import RelationshipRowForm
from pairs.families.history import load_earlier_values
from pairs.families.models import Address, Caregiver, Dyad, ExclusionGroup, Family, Infant
from pairs.families.presenters import (
    ETHNICITY_LABELS,
    build_address_row,
    build_background_rows,
    build_contact_rows,
    build_detail_rows,
    describe_infant_ethnicity,
    describe_life_dates,
    describe_relationship,
    format_span,
    format_until_lines,
    load_carer_history,
)
from pairs.families.views.form_page import (
    get_carer_and_family,
    get_infant_and_family,
    list_open_alerts,
    render_form_page,
)
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission

ETHNICITY_EXPLANATION = (
    "We ask everybody. It shows us whether families of every background find their way here and are helped as "
    "well as each other.",
    "Ask it as their own description, not as it looks to you. Preferring not to say is an answer too, and it can be "
    "changed at any time.",
)


@policy.permission("read_families", "govern_records")
def list_family_people(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Everybody of the family with where they live: carers without a relationship too."""
    family = get_family(request, family_id)
    addresses = Address.objects.current().filter(family=family).select_related("infant", "caregiver")
    context = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "infants": [_build_infant_row(family, infant) for infant in family.infants.all()],
        "carers": [_build_carer_row(family, carer) for carer in _list_carers(request, family)],
        "addresses": [build_address_row(address) for address in list_visible(request, addresses)],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render(request, "families/people.html", context)


def _list_carers(request: ScopedRequest, family: Family) -> list[Caregiver]:
    return list_visible(request, Caregiver.objects.filter(family=family).order_by("created_at"))


def _build_infant_row(family: Family, infant: Infant) -> dict[str, Any]:
    held_here = infant.family_id == family.pk
    return {
        "id": infant.pk,
        "name": infant.name or infant.reference,
        "held_here": held_here,
        "ethnicity": describe_infant_ethnicity(infant) if held_here else "",
    }


def _build_carer_row(family: Family, carer: Caregiver) -> dict[str, Any]:
    dyads = [dyad for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk]
    return {
        "id": carer.pk,
        "name": carer.name_or_role,
        "life": f"Born {describe_life_dates(carer)}" if carer.birth_date else describe_life_dates(carer),
        "relationships": [
            f"{dyad.infant.name or dyad.infant.reference}: {describe_relationship(dyad)}" for dyad in dyads
        ],
    }


@policy.permission("read_families", "govern_records")
def show_caregiver(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """Everything known of one carer, a person in their own right."""
    carer, family = get_carer_and_family(request, caregiver_id)
    before = load_carer_history(carer)
    dyads = Dyad.objects.filter(caregiver=carer).select_related("infant").order_by("until", "created_at")
    addresses = Address.objects.filter(caregiver=carer, family=family).select_related("caregiver")
    context = {
        "carer": carer,
        "family": family,
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "details": build_detail_rows(carer),
        "reach": build_contact_rows(carer, before),
        "about": [*build_background_rows(carer), _build_ethnicity_row(carer, before["ethnicity"])],
        "dyads": [_build_dyad_row(dyad) for dyad in list_visible(request, dyads)],
        "addresses": [build_address_row(each) for each in list_visible(request, addresses.newest_first())],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render(request, "families/caregiver.html", context)


def _build_ethnicity_row(carer: Caregiver, before: list[tuple[str, date]]) -> dict[str, Any]:
    earlier_answers = format_until_lines(_filter_asked(before), ETHNICITY_LABELS.get)
    return {"key": "Ethnic background", "value": [ETHNICITY_LABELS[carer.ethnicity], *earlier_answers]}


def _filter_asked(values: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """Earlier answers; that nobody had asked yet is none."""
    return [(value, until) for value, until in values if value != "99"]


def _build_dyad_row(dyad: Dyad) -> dict[str, Any]:
    return {
        "id": dyad.pk,
        "infant": dyad.infant.name or dyad.infant.reference,
        "what": describe_relationship(dyad),
        "restrictions": dyad.restrictions,
        "span": format_span(dyad),
        "ended": dyad.until is not None,
    }


def get_carer_path(carer: Caregiver) -> str:
    """The carer's page."""
    return reverse("caregiver", args=[carer.pk])


@policy.permission("register_people")
def add_new_caregiver(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """One more carer, with a relationship to each baby or to none."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="new-caregiver")
    form = NewCarerForm(submission.data)
    rows = RelationshipFormSet(
        submission.data, initial=[{"infant": infant.pk} for infant in family.infants.all()]
    )
    path = submission.save_once(
        form,
        rows,
        make=lambda: add_caregiver_from_forms(family, form, rows, request.user),
        path_of=get_carer_path,
    )
    if path:
        messages.success(request, "The carer is recorded.")
        return redirect(path)
    context = {
        "form": form,
        "rows": rows,
        "named": _name_relationship_rows(family, rows),
        "family": family,
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "submission_token": submission.token,
    }
    return render(request, "families/new_caregiver.html", context)


def add_caregiver_from_forms(family: Family, form: NewCarerForm, rows: Any, by: User) -> Caregiver:
    """The carer that form and rows describe; the page and the API both make it here."""
    infants = {infant.pk: infant for infant in family.infants.all()}
    chosen = rows.list_chosen()
    if any(pk not in infants for pk, _ in chosen):
        raise ActionRefused({"dyads": "Choose from this family."})
    facts = {name: value for name, value in form.cleaned_data.items() if name != "family"}
    return add_caregiver(family=family, by=by, dyads=[(infants[pk], said) for pk, said in chosen], **facts)


def _name_relationship_rows(family: Family, rows: Any) -> list[tuple[str, RelationshipRowForm]]:
    """Each row with its baby's name; a row about nobody here is left out."""
    names = {str(infant.pk): infant.name or f"Baby {infant.reference}" for infant in family.infants.all()}
    found = ((names.get(str(row["infant"].value())), row) for row in rows.forms)
    return [(name, row) for name, row in found if name]


def _handle_carer_change(
    request: ScopedRequest,
    caregiver_id: UUID,
    form_class: type[Any],
    *,
    slug: str,
    title: str,
    options: Callable[..., Any] = lambda carer: {},
) -> HttpResponse:
    """One part of what is known of a carer, on a page of its own."""
    carer, family = get_carer_and_family(request, caregiver_id, may="register_people")
    submission = FormSubmission(request, kind=slug)
    form = form_class(submission.data, initial=build_record_initial(carer, form_class), **options(carer))
    path = submission.save_once(
        form,
        make=lambda: update_caregiver(caregiver=carer, by=request.user, **form.cleaned_data),
        path_of=get_carer_path,
    )
    if path:
        messages.success(request, "The change is saved. What stood there before is kept.")
        return redirect(path)
    title = f"{title}: {carer.name_or_role}"
    return render_form_page(
        request, family, submission, form, title=title, button="Save", back=get_carer_path(carer)
    )


def build_record_initial(carer: Any, form_class: type[Any]) -> dict[str, Any]:
    """The form's values as they are now."""
    fields = [name for name in form_class.base_fields if hasattr(carer, name) and name != "exclusion_groups"]
    known = {name: getattr(carer, name) for name in fields}
    if "exclusion_groups" in form_class.base_fields:
        known["exclusion_groups"] = [group.code for group in carer.exclusion_groups.all()]
    return known


@policy.permission("register_people")
def edit_caregiver_details(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """Name, dates and NHS number."""
    return _handle_carer_change(
        request,
        caregiver_id,
        CarerDetailsForm,
        slug="caregiver-details",
        title="Name and dates",
        options=lambda carer: {"known_number": carer.nhs_number},
    )


@policy.permission("register_people")
def edit_caregiver_contact(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """How to reach them safely, and what they need."""
    return _handle_carer_change(
        request, caregiver_id, CarerContactForm, slug="caregiver-reached", title="How to reach"
    )


@policy.permission("register_people")
def edit_caregiver_background(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """What they told us about themselves."""
    return _handle_carer_change(
        request,
        caregiver_id,
        CarerBackgroundForm,
        slug="caregiver-about",
        title="About",
        options=get_ticked_groups,
    )


def get_ticked_groups(carer: Any) -> dict[str, list[ExclusionGroup]]:
    """What the form must know to keep a tick on a group that was retired since."""
    return {"already": list(carer.exclusion_groups.all())}


@policy.permission("register_people")
def edit_caregiver_ethnicity(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """How a carer describes their ethnic background."""
    carer, family = get_carer_and_family(request, caregiver_id, may="register_people")
    return _handle_ethnicity(
        request, carer, family, carer.name_or_role, get_carer_path(carer), ETHNICITY_EXPLANATION
    )


@policy.permission("register_people")
def edit_infant_ethnicity(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """How the family describes the baby's; before birth it says whose is shown."""
    infant, family = get_infant_and_family(request, infant_id, may="register_people")
    shown = (
        () if infant.birth_date else (f"Shown until the baby is born: {describe_infant_ethnicity(infant)}.",)
    )
    back = reverse("family-people", args=[family.pk])
    name = infant.name or f"Baby {infant.reference}"
    return _handle_ethnicity(request, infant, family, name, back, ETHNICITY_EXPLANATION + shown)


def _handle_ethnicity(
    request: ScopedRequest,
    person: Caregiver | Infant,
    family: Family,
    name: str,
    back: str,
    text: tuple[str, ...],
) -> HttpResponse:
    submission = FormSubmission(request, kind="ethnicity")
    form = EthnicityForm(submission.data, initial={"ethnicity": person.ethnicity})
    path = submission.save_once(
        form,
        make=lambda: update_ethnicity(person=person, by=request.user, **form.cleaned_data),
        path_of=lambda made: back,
    )
    if path:
        messages.success(request, "Thank you: the answer is saved.")
        return redirect(path)
    before = format_until_lines(
        _filter_asked(load_earlier_values(person, "ethnicity")["ethnicity"]), ETHNICITY_LABELS.get
    )
    title = f"Ethnic background: {name}"
    return render_form_page(
        request,
        family,
        submission,
        form,
        title=title,
        button="Save the answer",
        back=back,
        text=text,
        earlier=before,
    )
