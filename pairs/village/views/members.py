"""The village as a list, where it is edited, and as a map of one child's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Family, Infant
from pairs.submissions.form_submission import FormSubmission
from pairs.village import actions
from pairs.village.forms import MemberEndForm, MemberForm, list_carers
from pairs.village.models import VillageMember
from pairs.village.views.family_context import build_family_context
from pairs.village.village_map import build_village_map


def render_member_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """A record page of this module."""
    shared = build_family_context(family) | {"banner": build_banner(family)}
    return render(request, f"village/{template}.html", shared | context)


def get_village_path(member: VillageMember) -> str:
    return reverse("village", args=[member.family_id])


@policy.permission("read_families", "govern_records")
def show_village(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Everybody around the children, nearest first; and who used to be."""
    family = get_family(request, family_id)
    everybody = list_visible(request, VillageMember.objects.filter(family=family).nearest_first())
    today = timezone.localdate()
    context = {
        "members": [each for each in everybody if each.until is None or each.until > today],
        "former": [each for each in everybody if each.until and each.until <= today],
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return render_member_page(request, "village", family, **context)


@policy.permission("register_people")
def add_village_member(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Somebody more in the village."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="new-village-member")
    form = MemberForm(submission.data, family=family)
    done = submission.save_once(
        form,
        make=lambda: actions.add_member(family=family, by=request.user, **form.action_kwargs()),
        path_of=get_village_path,
        names={"kind": "circle", "user": "account"},
    )
    if done:
        messages.success(request, "They are in the village.")
        return redirect(done)
    return render_member_page(request, "new_member", family, form=form, submission_token=submission.token)


@policy.permission("register_people")
def edit_village_member(request: ScopedRequest, member_id: UUID) -> HttpResponse:
    """Change what is known of somebody in the village."""
    member = get_visible_or_404(request, VillageMember.objects.select_related("family"), pk=member_id)
    family = get_family(request, member.family_id, may="register_people")
    submission = FormSubmission(request, kind="village-member")
    form = MemberForm(submission.data, family=family, initial=build_member_initial(member))
    done = submission.save_once(
        form,
        make=lambda: actions.update_member(member=member, by=request.user, **form.action_kwargs()),
        path_of=get_village_path,
        names={"kind": "circle", "user": "account"},
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return render_member_page(
        request, "member", family, form=form, member=member, submission_token=submission.token
    )


def build_member_initial(member: Any) -> dict[str, Any]:
    """The form's values as they are now."""
    names = ("name", "role", "organisation", "phone", "email", "lines", "closeness", "since", "team")
    known = {name: getattr(member, name) for name in names}
    infant = f"infant:{member.infant_id}" if member.infant_id else ""
    return known | {"circle": member.kind, "infant": infant, "account": member.user_id}


@policy.permission("register_people")
def end_village_member(request: ScopedRequest, member_id: UUID) -> HttpResponse:
    """They are no longer in the village."""
    member = get_visible_or_404(request, VillageMember.objects.select_related("family"), pk=member_id)
    family = get_family(request, member.family_id, may="register_people")
    submission = FormSubmission(request, kind="end-village-member")
    form = MemberEndForm(submission.data, initial={"until": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.end_member(member=member, by=request.user, **form.cleaned_data),
        path_of=get_village_path,
    )
    if done:
        messages.success(request, "Saved. They stay in the list of who used to be there.")
        return redirect(done)
    return render_member_page(
        request, "end_member", family, form=form, member=member, submission_token=submission.token
    )


@policy.permission("read_families", "govern_records")
def show_village_map(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """One child's village, drawn; printed for somebody, it leaves out whoever they may not be told of."""
    infant = get_visible_or_404(request, Infant.objects.select_related("family"), pk=infant_id)
    family = get_family(request, infant.family_id)
    members = list_visible(request, VillageMember.objects.current().around(infant).nearest_first())
    readers = {f"{row._meta.model_name}:{row.pk}": row for row in [*list_carers(family), *members]}
    chosen = request.GET.get("for", "")
    if chosen and chosen not in readers:
        raise Http404
    drawn = build_village_map(infant, family, members, readers.get(chosen), timezone.localdate())
    context = {
        "infant": infant,
        "drawn": drawn,
        "readers": [(code, str(row)) for code, row in readers.items()],
        "chosen": chosen,
        "reader": str(readers[chosen]) if chosen else "",
        "today": timezone.localdate(),
    }
    return render_member_page(request, "village_map", family, **context)
