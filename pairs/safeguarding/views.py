"""Pages of safeguarding: the family's page; statuses, children, concerns and cautions, added, changed and ended."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.records import Record
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner, describe_caution
from pairs.families.forms import EnteredInErrorForm
from pairs.families.models import Caution, Family, RiskAlert
from pairs.safeguarding import actions, forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import FamilyPeople, get_person_label, load_family_people
from pairs.submissions.form_submission import FormSubmission

# Whoever writes in records at the site, duty among them: nobody should have to find a colleague to record a worry.
WRITE_PERMISSION = "register_people"


def render_safeguarding_page(
    request: ScopedRequest, template: str, family: Family, typed: Any = None, **context: Any
) -> HttpResponse:
    """A record page of this app: the banner with its alerts, and the form's submission token."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "banner": build_banner(family, alerts=alerts),
        "back": get_safeguarding_path(family),
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"safeguarding/{template}.html", shared | context)


def save_and_redirect(
    request: ScopedRequest,
    submission: FormSubmission,
    form: Form,
    make: Callable[..., Any],
    family: Family,
    said: str,
) -> HttpResponse | None:
    """A redirect to the safeguarding page once the record is saved; None while the form is to be shown."""
    path = submission.save_once(form, make=make, path_of=lambda made: get_path_after(made, family))
    if path is None:
        return None
    messages.success(request, said)
    return redirect(path)


def get_path_after(made: Record, family: Family) -> str:
    """A concern is read where it stands; everything else on the family's page."""
    concern = {SafeguardingConcern: "pk", ConcernStep: "concern_id"}.get(type(made))
    if concern and not made.is_entered_in_error:
        return reverse("safeguarding-concern", args=[getattr(made, concern)])
    return get_safeguarding_path(family)


def get_safeguarding_path(family: Family) -> str:
    return reverse("safeguarding", args=[family.pk])


def get_editable_and_family(request: ScopedRequest, model: type[Any], pk: UUID) -> tuple[Any, Family]:
    """(the record, its family) for somebody who may write at its site."""
    record = get_visible_or_404(request, model.objects.all(), pk=pk)
    return record, get_family(request, record.family_id, may=WRITE_PERMISSION)


# ---------------------------------------------------------------- the family's page


@policy.permission("read_families", "govern_records")
def show_safeguarding(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """How everybody stands, what was worried about, and what to know before going."""
    family = get_family(request, family_id)
    people = load_family_people(request, family)
    statuses = list_visible(
        request, SafeguardingStatus.objects.filter(family=family).with_people().newest_first()
    )
    cautions = list_visible(
        request, Caution.objects.filter(family=family).with_people().order_by("-since", "id")
    )
    concerns = SafeguardingConcern.objects.filter(family=family).with_people().with_step_days().newest_first()
    today = timezone.localdate()
    context = {
        "standing": _present_statuses(people, statuses),
        "children": people.children,
        "concerns": [present_concern(concern) for concern in list_visible(request, concerns)],
        "cautions": [
            _present_caution_row(each) for each in cautions if not each.until or each.until >= today
        ],
        "past_cautions": [
            _present_caution_row(each) for each in cautions if each.until and each.until < today
        ],
        "may_write": request.scope.may(WRITE_PERMISSION, at=family.site_id),
    }
    return render_safeguarding_page(request, "family", family, **context)


def _present_statuses(people: FamilyPeople, statuses: list[SafeguardingStatus]) -> dict[str, list[Any]]:
    """Each person who has or had a status, what holds before what has been; those with something now come first."""
    rows = [
        {
            "name": get_person_label(person),
            "current": [each for each in statuses if each.person == person and not each.until],
            "past": [each for each in statuses if each.person == person and each.until],
        }
        for person in people.list_everybody()
    ]
    said = [row for row in rows if row["current"] or row["past"]]
    return {
        "rows": sorted(said, key=lambda row: not row["current"]),
        "without": [row["name"] for row in rows if row not in said],
    }


def _present_caution_row(caution: Caution) -> dict[str, Any]:
    return {"words": describe_caution(caution), "caution": caution}


def present_concern(concern: Any) -> dict[str, Any]:
    """A concern as a row: whom it is about, what was decided, and until when an answer is waited for."""
    waiting = concern.waits_until
    return {
        "concern": concern,
        "about": get_person_label(concern.person) if concern.person else "The whole family",
        "waiting": waiting,
        "state": "waiting" if waiting else "answered" if concern.has_outcome else "recorded",
    }


# ---------------------------------------------------------------- statuses


@policy.permission("write_records", WRITE_PERMISSION)
def add_status(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Record how somebody stands with social care, a court or a MARAC."""
    family = get_family(request, family_id, may=WRITE_PERMISSION)
    submission = FormSubmission(request, kind="new-safeguarding-status")
    form = forms.NewStatusForm(
        submission.data, people=load_family_people(request, family), initial=_get_today_initial()
    )
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.record_status(family=family, by=request.user, **form.action_kwargs()),
        family,
        "The status is recorded.",
    )
    return done or render_safeguarding_page(request, "new_status", family, submission, form=form)


def _get_today_initial() -> dict[str, date]:
    return {"since": timezone.localdate(), "noticed_on": timezone.localdate(), "until": timezone.localdate()}


@policy.permission("write_records", WRITE_PERMISSION)
def edit_status(request: ScopedRequest, status_id: UUID) -> Any:
    """Change what is known of a status that holds."""
    status, family = get_editable_and_family(request, SafeguardingStatus, status_id)
    submission = FormSubmission(request, kind="safeguarding-status")
    form = forms.StatusDetailsForm.of(status, submission.data)
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.update_status(status=status, by=request.user, **form.cleaned_data),
        family,
        "The status is changed. What it said before is kept in its history.",
    )
    return done or render_safeguarding_page(request, "status", family, submission, form=form, status=status)


@policy.permission("write_records", WRITE_PERMISSION)
def end_recorded_status(request: ScopedRequest, status_id: UUID) -> Any:
    """It stands no longer: the question before, with its last day."""
    status, family = get_editable_and_family(request, SafeguardingStatus, status_id)
    submission = FormSubmission(request, kind="end-safeguarding-status")
    form = forms.StatusEndForm(submission.data, initial=_get_today_initial())
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.end_status(status=status, by=request.user, **form.cleaned_data),
        family,
        "The status has ended. It stays in the history.",
    )
    return done or render_safeguarding_page(
        request, "end_status", family, submission, form=form, status=status
    )


# ---------------------------------------------------------------- other children


@policy.permission("write_records", WRITE_PERMISSION)
def add_child(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """List another child of the household."""
    family = get_family(request, family_id, may=WRITE_PERMISSION)
    submission = FormSubmission(request, kind="new-household-child")
    form = forms.HouseholdChildForm(submission.data)
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.add_household_child(family=family, by=request.user, **form.cleaned_data),
        family,
        "The child is listed.",
    )
    return done or render_safeguarding_page(request, "new_child", family, submission, form=form)


@policy.permission("write_records", WRITE_PERMISSION)
def edit_child(request: ScopedRequest, child_id: UUID) -> Any:
    """Change what is known of another child of the household."""
    child, family = get_editable_and_family(request, HouseholdChild, child_id)
    submission = FormSubmission(request, kind="household-child")
    form = forms.HouseholdChildForm(submission.data, initial=forms.HouseholdChildForm.initial_for(child))
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.update_household_child(child=child, by=request.user, **form.cleaned_data),
        family,
        "What is known of the child is changed.",
    )
    return done or render_safeguarding_page(request, "child", family, submission, form=form, child=child)


# ---------------------------------------------------------------- concerns


@policy.permission("write_records", WRITE_PERMISSION)
def add_concern(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Record a worry about somebody's safety, and what was decided."""
    family = get_family(request, family_id, may=WRITE_PERMISSION)
    submission = FormSubmission(request, kind="new-safeguarding-concern")
    form = forms.NewConcernForm(
        submission.data, people=load_family_people(request, family), initial=_get_today_initial()
    )
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.record_concern(family=family, by=request.user, **form.action_kwargs()),
        family,
        "The concern is recorded. The site’s supervisors have been told that it is there.",
    )
    return done or render_safeguarding_page(request, "new_concern", family, submission, form=form)


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
def show_concern(request: ScopedRequest, concern_id: UUID) -> Any:
    """One concern with all that came after, and a way to add to it."""
    may = WRITE_PERMISSION if request.method == "POST" else None
    concern = get_visible_or_404(
        request, SafeguardingConcern.objects.with_steps().with_step_days(), pk=concern_id
    )
    family = get_family(request, concern.family_id, may=may)
    submission = FormSubmission(request, kind="safeguarding-concern")
    form = forms.NewStepForm(submission.data)
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.add_concern_step(concern=concern, by=request.user, **form.action_kwargs()),
        family,
        "It is added to the concern.",
    )
    may_write = request.scope.may(WRITE_PERMISSION, at=family.site_id)
    context = present_concern(concern) | {"form": form, "may_write": may_write}
    return done or render_safeguarding_page(request, "concern", family, submission, **context)


# ---------------------------------------------------------------- cautions


@policy.permission("write_records", WRITE_PERMISSION)
def add_caution(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Say what to know before one books, writes or goes."""
    family = get_family(request, family_id, may=WRITE_PERMISSION)
    submission = FormSubmission(request, kind="new-caution")
    form = forms.NewCautionForm(
        submission.data, people=load_family_people(request, family), initial=_get_today_initial()
    )
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.record_caution(family=family, by=request.user, **form.action_kwargs()),
        family,
        "The caution is recorded. It shows on every page of this record.",
    )
    return done or render_safeguarding_page(request, "new_caution", family, submission, form=form)


@policy.permission("write_records", WRITE_PERMISSION)
def edit_caution(request: ScopedRequest, caution_id: UUID) -> Any:
    """Change what is known of a caution that holds."""
    caution, family = get_editable_and_family(request, Caution, caution_id)
    submission = FormSubmission(request, kind="caution")
    form = forms.CautionDetailsForm(submission.data, initial=forms.CautionDetailsForm.initial_for(caution))
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.update_caution(caution=caution, by=request.user, **form.cleaned_data),
        family,
        "The caution is changed.",
    )
    return done or render_safeguarding_page(
        request, "caution", family, submission, form=form, words=describe_caution(caution), caution=caution
    )


@policy.permission("write_records", WRITE_PERMISSION)
def end_recorded_caution(request: ScopedRequest, caution_id: UUID) -> Any:
    """It holds no longer: the question before, with its last day."""
    caution, family = get_editable_and_family(request, Caution, caution_id)
    submission = FormSubmission(request, kind="end-caution")
    form = forms.CautionEndForm(submission.data, initial=_get_today_initial())
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.end_caution(caution=caution, by=request.user, **form.cleaned_data),
        family,
        "The caution ends with that day.",
    )
    return done or render_safeguarding_page(
        request, "end_caution", family, submission, form=form, words=describe_caution(caution)
    )


# ---------------------------------------------------------------- entered in error


def mark_in_error(request: ScopedRequest, model: type[Any], pk: UUID, kind: str, what: str) -> HttpResponse:
    """A record that should not be here: out of ordinary view, with the reason; governance is told."""
    submission = FormSubmission(request, kind=kind)
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    record, family = get_editable_and_family(request, model, pk)
    form = EnteredInErrorForm(submission.data)
    done = save_and_redirect(
        request,
        submission,
        form,
        lambda: actions.mark_safeguarding_record_in_error(
            record=record, by=request.user, **form.cleaned_data
        ),
        family,
        "It is out of view. Information governance has been told.",
    )
    return done or render_safeguarding_page(
        request, "in_error", family, submission, form=form, what=what, record=record
    )


@policy.permission("write_records", WRITE_PERMISSION)
def mark_status_in_error(request: ScopedRequest, status_id: UUID) -> HttpResponse:
    """A status of the wrong person, or that never was."""
    return mark_in_error(request, SafeguardingStatus, status_id, "status-in-error", "status")


@policy.permission("write_records", WRITE_PERMISSION)
def mark_child_in_error(request: ScopedRequest, child_id: UUID) -> HttpResponse:
    """A child listed with the wrong family."""
    return mark_in_error(request, HouseholdChild, child_id, "child-in-error", "child")


@policy.permission("write_records", WRITE_PERMISSION)
def mark_concern_in_error(request: ScopedRequest, concern_id: UUID) -> HttpResponse:
    """A concern on the wrong record."""
    return mark_in_error(request, SafeguardingConcern, concern_id, "concern-in-error", "concern")


@policy.permission("write_records", WRITE_PERMISSION)
def mark_caution_in_error(request: ScopedRequest, caution_id: UUID) -> HttpResponse:
    """A caution on the wrong record."""
    return mark_in_error(request, Caution, caution_id, "caution-in-error", "caution")
