"""Pages of joint work: list, add, edit the terms, end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import EndJointWorkForm, JointWorkTermsForm, NewJointWorkForm
from interventions.collaboration.models import JointWork
from interventions.collaboration.presenters import load_agreements_by_joint_work
from interventions.collaboration.record_pages import redirect_with_message, render_collaboration_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.submissions.form_submission import FormSubmission


def get_joint_work_path(joint: JointWork) -> str:
    return reverse("joint-work", args=[joint.family_id])


def get_editable_joint_work(request: ScopedRequest, joint_id: UUID) -> Any:
    """The joint work in scope, for somebody who writes in the family's records."""
    rows = JointWork.objects.with_people().select_related("family")
    return get_visible_or_404(request, rows, pk=joint_id, may="write_records")


@policy.permission("read_families", "govern_records")
def list_joint_work(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """List the family's joint work: with whom, who does what and when, and what each may share."""
    family = get_family(request, family_id)
    rows = list_visible(request, JointWork.objects.filter(family=family).with_people())
    agreed = load_agreements_by_joint_work(request, family, rows, timezone.localdate())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    shown = [(joint, agreed[joint.pk]) for joint in rows]
    return render_collaboration_page(request, "joint_work", family, rows=shown, may_write=may_write)


@policy.permission("write_records")
def add_joint_work(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Record joint work with somebody from another service."""
    family = get_family(request, family_id, may="write_records")
    submission = FormSubmission(request, kind="new-joint-work")
    form = NewJointWorkForm(submission.data, family=family, initial={"since": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.begin_joint_work(family=family, by=request.user, **form.cleaned_data),
        path_of=get_joint_work_path,
    )
    if done:
        return redirect_with_message(request, done, "The joint work is recorded.")
    return render_collaboration_page(request, "new_joint_work", family, submission, form=form)


@policy.permission("write_records")
def edit_joint_work_terms(request: ScopedRequest, joint_id: UUID) -> HttpResponse:
    """Review joint work and change its terms."""
    joint = get_editable_joint_work(request, joint_id)
    family = get_family(request, joint.family_id)
    submission = FormSubmission(request, kind="joint-terms")
    form = JointWorkTermsForm(submission.data, family=family, initial=build_joint_work_initial(joint))
    done = submission.save_once(
        form,
        make=lambda: actions.change_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        path_of=get_joint_work_path,
    )
    if done:
        return redirect_with_message(request, done, "The change is saved.")
    return render_collaboration_page(request, "joint_terms", family, submission, form=form, joint=joint)


def build_joint_work_initial(joint: JointWork) -> dict[str, Any]:
    """Initial values of the form for changing the terms."""
    names = ("we_do", "they_do", "days", "they_share", "look_again_on")
    return {name: getattr(joint, name) for name in names} | {"episode": joint.episode_id}


@policy.permission("write_records")
def end_joint_work_page(request: ScopedRequest, joint_id: UUID) -> HttpResponse:
    """End joint work, with its last day and the reason."""
    joint = get_editable_joint_work(request, joint_id)
    family = get_family(request, joint.family_id)
    submission = FormSubmission(request, kind="joint-ending")
    form = EndJointWorkForm(submission.data, initial={"ended_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.end_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        path_of=get_joint_work_path,
    )
    if done:
        return redirect_with_message(request, done, "The joint work has ended.")
    return render_collaboration_page(request, "joint_ending", family, submission, form=form, joint=joint)
