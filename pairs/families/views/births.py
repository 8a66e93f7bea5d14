"""A pregnancy, its births, and one baby's page: what is recorded of them, put right, and what stood before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.actions import add_baby, record_pregnancy, register_births, update_infant
from pairs.families.banner import build_banner, describe_infant, get_family_path
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.forms import BirthDateForm, BirthFormSet, InfantDetailsForm, NewPregnancyForm
from pairs.families.history import list_infant_changes
from pairs.families.models import Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission, add_refusal_to_form


def get_infant_path(infant: Any) -> str:
    """The address of one baby's page."""
    return reverse("infant", args=[infant.pk])


@policy.permission("read_families", "govern_records")
def show_infant(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """One baby: what is recorded, what changed and when, and what can be recorded next."""
    infant = get_visible_or_404(
        request, Infant.objects.select_related("family__site", "carried_by"), pk=infant_id
    )
    family = get_family(request, infant.family_id)
    site = infant.family.site_id
    context = {
        "infant": infant,
        "name": describe_infant(infant, start=True),
        "together": [each for each in _list_carried_with(request, infant) if each.pk != infant.pk],
        "number_status": dict(NUMBER_STATUSES).get(infant.nhs_number_status, ""),
        "changes": list_infant_changes(infant),
        "undone": infant.undone_losses.live().select_related("undone_by"),
        "banner": build_banner(family),
        "family": family,
        "may_register": request.scope.may("register_people", at=site),
        "may_govern": request.scope.may("govern_records", at=site),
    }
    return render(request, "families/infant.html", context)


def _list_carried_with(request: ScopedRequest, infant: Any) -> list[Infant]:
    return list_visible(request, Infant.objects.carried_with(infant))


@policy.permission("register_people")
def record_births(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """The babies are born: the same records, each now with a date of birth; one form for all of a pregnancy."""
    infant = get_visible_or_404(request, Infant.objects.active(), pk=infant_id)
    family = get_family(request, infant.family_id, may="register_people")
    waiting = list_visible(request, Infant.objects.carried_with(infant).unborn())
    submission = FormSubmission(request, kind="birth")
    data, more = _add_requested_row(request, submission)
    form, rows = (
        BirthDateForm(data),
        BirthFormSet(data, initial=[_build_baby_initial(each) for each in waiting]),
    )
    if not more and submission.is_valid(form, rows):
        try:
            path = submission.submit(
                make=lambda: register_births_from_forms(infant, form, rows, request.user),
                path_of=lambda born: get_family_path(family),
            )
            messages.success(request, "The birth is registered." if len(waiting) < 2 else "It is registered.")
            return redirect(path)
        except ActionRefused as refused:
            add_refusal_to_form(form, ActionRefused(rows.add_refusals_to_rows(refused)))
    context = {
        "form": form,
        "rows": rows,
        "infant": infant,
        "waiting": waiting,
        "banner": build_banner(family),
    }
    context |= {
        "family": family,
        "submission_token": submission.token,
        "titles": _list_row_titles(rows, waiting),
    }
    return render(request, "families/birth.html", context)


def register_births_from_forms(infant: Any, form: BirthDateForm, rows: Any, by: User) -> Infant:
    """What form and rows say; the page and the API both record it here."""
    return register_births(infant=infant, babies=rows.list_babies(form.cleaned_data["birth_date"]), by=by)


def _build_baby_initial(infant: Infant) -> dict[str, Any]:
    names = ("given_name", "family_name", "sex")
    return {"infant": infant.pk} | {name: getattr(infant, name) for name in names}


def _add_requested_row(request: ScopedRequest, submission: FormSubmission) -> tuple[QueryDict | None, bool]:
    """(what was typed, whether an empty row was asked for): how a page without scripts adds a baby."""
    if "another" not in request.POST:
        return submission.data, False
    total = f"{BirthFormSet.get_default_prefix()}-TOTAL_FORMS"
    data, given = request.POST.copy(), request.POST.get(total, "")
    count = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 1
    data[total] = str(min(count + 1, BirthFormSet.max_num))
    return data, True


def _list_row_titles(rows: Any, waiting: list[Infant]) -> list[str]:
    """What to call each row: the baby's name so far, or which of the twins; one more has neither."""
    known = {str(each.pk): describe_infant(each, start=True) for each in waiting}
    return [known.get(str(row["infant"].value() or ""), "One more baby") for row in rows.forms]


@policy.permission("register_people")
def add_further_baby(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """One more baby in the pregnancy than was known."""
    infant = get_visible_or_404(request, Infant.objects.all(), pk=infant_id)
    family = get_family(request, infant.family_id, may="register_people")
    submission = FormSubmission(request, kind="another-baby")
    refusal = ""
    if submission.posted:
        try:
            path = submission.submit(
                make=lambda: add_baby(infant=infant, by=request.user), path_of=get_infant_path
            )
            messages.success(request, "The baby has a record of their own.")
            return redirect(path)
        except ActionRefused as refused:
            refusal = str(refused)
    context = {
        "infant": infant,
        "name": describe_infant(infant),
        "refusal": refusal,
        "submission_token": submission.token,
    }
    return render(request, "families/another_baby.html", context | {"banner": build_banner(family)})


@policy.permission("register_people")
def edit_infant_details(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """Put right what is recorded of a baby; what stood before is kept."""
    infant = get_visible_or_404(request, Infant.objects.all(), pk=infant_id)
    family = get_family(request, infant.family_id, may="register_people")
    submission = FormSubmission(request, kind="infant-details")
    form = InfantDetailsForm(
        submission.data,
        infant=infant,
        known_number=infant.nhs_number,
        initial=model_to_dict(infant, InfantDetailsForm.get_field_names(infant)),
    )
    path = submission.save_once(
        form,
        make=lambda: update_infant(infant=infant, by=request.user, **form.cleaned_data),
        path_of=get_infant_path,
    )
    if path:
        messages.success(request, "The details are saved.")
        return redirect(path)
    context = {
        "form": form,
        "infant": infant,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    context |= {"name": describe_infant(infant)}
    return render(request, "families/infant_details.html", context)


@policy.permission("register_people")
def add_pregnancy(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """A pregnancy in a family we hold already."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="new-pregnancy")
    form = NewPregnancyForm(submission.data, family=family)
    path = submission.save_once(
        form,
        make=lambda: record_pregnancy(family=family, by=request.user, **form.cleaned_data),
        path_of=get_infant_path,
    )
    if path:
        messages.success(request, "The pregnancy is recorded.")
        return redirect(path)
    context = {
        "form": form,
        "family": family,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    return render(request, "families/new_pregnancy.html", context)
