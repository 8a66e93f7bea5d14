"""A loss, taking back one that was recorded by mistake, and an adoption."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.actions import record_adoption, record_loss, undo_loss
from pairs.families.banner import build_banner, describe_infant
from pairs.families.forms import AdoptionForm, LossForm, UndoLossForm
from pairs.families.models import Adoption, Infant
from pairs.families.views.births import get_infant_path
from pairs.submissions.form_submission import FormSubmission


@policy.permission("register_people")
def record_infant_loss(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """A baby has died: a question, and then all that is automatic about them stops."""
    infant = get_visible_or_404(request, Infant.objects.all(), pk=infant_id)
    family = get_family(request, infant.family_id, may="register_people")
    submission = FormSubmission(request, kind="loss")
    form = LossForm(submission.data).offer_choices(infant)
    path = submission.save_once(
        form,
        make=lambda: record_loss(infant=infant, by=request.user, **form.cleaned_data),
        path_of=get_infant_path,
    )
    if path:
        messages.success(request, "The loss is recorded. Nothing about this baby is sent or asked any more.")
        return redirect(path)
    if infant.lost_on and not submission.posted:
        return redirect(get_infant_path(infant))
    context = {
        "form": form,
        "infant": infant,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    context |= {"name": describe_infant(infant)}
    return render(request, "families/loss.html", context)


@policy.permission("register_people")
def undo_infant_loss(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """The loss was recorded by mistake: taken back, with how it came about."""
    infant = get_visible_or_404(request, Infant.objects.all(), pk=infant_id)
    family = get_family(request, infant.family_id, may="register_people")
    submission = FormSubmission(request, kind="loss-in-error")
    form = UndoLossForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: undo_loss(infant=infant, by=request.user, **form.cleaned_data),
        path_of=lambda undone: get_infant_path(infant),
    )
    if path:
        messages.success(request, "It is taken back. Nothing has been sent to anybody.")
        return redirect(path)
    context = {
        "form": form,
        "infant": infant,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    context |= {"name": describe_infant(infant)}
    return render(request, "families/loss_in_error.html", context)


@policy.permission("govern_records")
def record_infant_adoption(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """A child is adopted: the birth identity is sealed, and a new record begins. Governance alone sees both."""
    submission = FormSubmission(request, kind="adoption")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    infant = get_visible_or_404(request, Infant.objects.all(), pk=infant_id)
    family = get_family(request, infant.family_id, may="govern_records")
    form = AdoptionForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: record_adoption(infant=infant, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("adoptions"),
    )
    if path:
        messages.success(request, "The adoption is recorded. The birth identity is sealed.")
        return redirect(path)
    context = {
        "form": form,
        "infant": infant,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    context |= {"name": describe_infant(infant)}
    return render(request, "families/adoption.html", context)


@policy.permission("govern_records")
def list_adoptions(request: ScopedRequest) -> HttpResponse:
    """Which birth identity became which child's record: for information governance, and written to the log."""
    listed = Adoption.objects.select_related("birth_infant", "new_infant__family__site", "recorded_by")
    page = get_visible_page(request, listed.order_by("-created_at", "id"), within="including_sealed")
    request.access_log.listed.update(row.new_infant.family_id for row in page.object_list)
    return render(request, "families/adoptions.html", {"page": page})
