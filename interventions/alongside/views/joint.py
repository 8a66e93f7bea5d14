"""Pages of joint work: what is agreed with whom, a new agreement, changed, ended."""

from django.urls import reverse
from django.utils import timezone

from interventions.alongside import actions
from interventions.alongside.forms import JointEnding, JointTerms, NewJointWork
from interventions.alongside.models import JointWork
from interventions.alongside.on_pages import agreed_with
from interventions.alongside.views.shown import after, page
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


def to_joint_work(joint):
    return reverse("joint-work", args=[joint.family_id])


def joint_of(request, joint_id):
    """The joint work in scope, for somebody who writes in the family's records."""
    rows = JointWork.objects.with_people().select_related("family")
    return fetch(request, rows, pk=joint_id, may="write_records")


@policy.permission("read_families", "govern_records")
def joint_work(request, family_id):
    """With whom we work, who does what on which days, and what each may share."""
    family = family_of(request, family_id)
    rows = fetch_list(request, JointWork.objects.filter(family=family).with_people())
    agreed = agreed_with(request, family, rows, timezone.localdate())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    shown = [(joint, agreed[joint.pk]) for joint in rows]
    return page(request, "joint_work", family, rows=shown, may_write=may_write)


@policy.permission("write_records")
def new_joint_work(request, family_id):
    """Write down what was agreed with somebody from another service."""
    family = family_of(request, family_id, may="write_records")
    typed = Typed(request, kind="new-joint-work")
    form = NewJointWork(typed.data, family=family, initial={"since": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.begin_joint_work(family=family, by=request.user, **form.cleaned_data),
        path_of=to_joint_work,
    )
    if done:
        return after(request, done, "The joint work is recorded.")
    return page(request, "new_joint_work", family, typed, form=form)


@policy.permission("write_records")
def joint_terms(request, joint_id):
    """Look at it again: what was agreed anew."""
    joint = joint_of(request, joint_id)
    family = family_of(request, joint.family_id)
    typed = Typed(request, kind="joint-terms")
    form = JointTerms(typed.data, family=family, initial=terms_of(joint))
    done = typed.submitted(
        form,
        make=lambda: actions.change_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        path_of=to_joint_work,
    )
    if done:
        return after(request, done, "The change is saved.")
    return page(request, "joint_terms", family, typed, form=form, joint=joint)


def terms_of(joint):
    """What the form begins with."""
    names = ("we_do", "they_do", "days", "they_share", "look_again_on")
    return {name: getattr(joint, name) for name in names} | {"episode": joint.episode_id}


@policy.permission("write_records")
def joint_ending(request, joint_id):
    """The last day of it, and why."""
    joint = joint_of(request, joint_id)
    family = family_of(request, joint.family_id)
    typed = Typed(request, kind="joint-ending")
    form = JointEnding(typed.data, initial={"ended_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.end_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        path_of=to_joint_work,
    )
    if done:
        return after(request, done, "The joint work has ended.")
    return page(request, "joint_ending", family, typed, form=form, joint=joint)
