"""Page for a contact in the wrong record: mark it as entered in error, or refile it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from interventions.episodes import actions
from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.forms import ExpectedPeopleFormSet, FamilyPeople, WrongRecordForm, label_rows
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.record_forms.refiling import (
    find_target_episode,
    query_writable_episodes,
    refile_from_forms,
)
from interventions.episodes.views.record_pages import (
    get_contact_path,
    get_episode_path,
    render_episode_record_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import get_family_name
from pairs.families.models import Family
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from pairs.web.jinja_environment import format_short_day

MAX_OFFERED = 200


@policy.permission("write_records")
def mark_contact_in_error_page(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Mark a contact as entered in error, with the reason.

    If it belongs to another episode, its people are chosen when the page is shown a second time.
    """
    submission = FormSubmission(request, kind="contact-in-error")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    contact = get_visible_or_404(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = get_family(request, contact.episode.family_id)
    form = WrongRecordForm(submission.data, choices=list_episode_choices(request, contact))
    to = _read_target_episode(request, contact, form) if submission.posted else None
    if to is None:
        return _handle_in_error(request, contact, family, submission, form)
    return _handle_refiling(request, contact, family, submission, form, to)


def _handle_in_error(
    request: ScopedRequest, contact: Any, family: Family, submission: FormSubmission, form: WrongRecordForm
) -> HttpResponse:
    reason = form.cleaned_data.get("reason", "") if submission.posted and form.is_valid() else ""
    done = submission.save_once(
        form,
        make=lambda: actions.mark_contact_in_error(contact=contact, reason=reason, by=request.user),
        path_of=lambda made: get_episode_path(made.episode),
    )
    if done:
        messages.success(request, "The contact is out of view. Information governance has been told.")
        return redirect(done)
    return render_episode_record_page(
        request, "contact_in_error", family, submission, form=form, contact=contact, to=None
    )


def _handle_refiling(
    request: ScopedRequest,
    contact: Any,
    family: Family,
    submission: FormSubmission,
    form: WrongRecordForm,
    to: Episode,
) -> HttpResponse:
    right_family = get_family(request, to.family_id)
    people = FamilyPeople(right_family)
    chosen = request.POST.get("people_of") == str(to.pk) and contact.kind != ContactKind.LIAISON
    rows = ExpectedPeopleFormSet(
        submission.data if chosen else None, initial=_build_refiling_initial(contact, people)
    )
    ready = chosen or contact.kind == ContactKind.LIAISON
    done = ready and submission.save_once(
        form,
        *([rows] if chosen else []),
        make=lambda: refile_from_forms(contact, to, people, form, rows if chosen else None, request.user),
        path_of=get_contact_path,
    )
    if done:
        messages.success(request, "The contact stands in the right record now.")
        return redirect(done)
    context = {
        "to": to,
        "to_name": get_family_name(right_family),
        "rows": rows,
        "expected": label_rows(rows, people),
    }
    return render_episode_record_page(
        request, "contact_in_error", family, submission, form=form, contact=contact, **context
    )


def _build_refiling_initial(contact: CareContact, people: FamilyPeople) -> list[dict[str, Any]]:
    """Initial rows for the right family; attendance is copied for people who are in both families."""
    came = {each.infant_id or each.caregiver_id: each.attendance for each in contact.participants.all()}
    return [row | {"attendance": came.get(row["person"], row["attendance"])} for row in people.expected()]


def _read_target_episode(request: ScopedRequest, contact: Any, form: WrongRecordForm) -> Episode | None:
    """The chosen or named episode; None if there is none or the form has errors."""
    if not form.is_valid():
        return None
    try:
        return find_target_episode(request, contact, form)
    except ActionRefused as refused:
        for name, said in refused.errors.items():
            form.add_error(name, said)
        return None


def list_episode_choices(request: ScopedRequest, contact: Any) -> list[tuple[str, str]]:
    """[(id, label)]: the family's other episodes, then the user's own open ones."""
    same = (
        query_writable_episodes(request)
        .filter(family=contact.episode.family_id)
        .exclude(pk=contact.episode_id)
    )
    mine = query_writable_episodes(request).filter(lead=request.user, ended_on=None)
    mine = mine.exclude(family=contact.episode.family_id)
    episodes = [
        *list_visible(request, same.order_by("-opened_on")),
        *get_visible_page(request, mine.order_by("-opened_on", "pk"), per_page=MAX_OFFERED).object_list,
    ]
    named = Family.objects.with_people().filter(pk__in=[each.family_id for each in episodes])
    families = {each.pk: each for each in list_visible(request, named)}
    return [(str(each.pk), _format_episode_label(each, families[each.family_id])) for each in episodes]


def _format_episode_label(episode: Episode, family: Family) -> str:
    return (
        f"{get_family_name(family)}, episode from {format_short_day(episode.opened_on)}"
        f" ({episode.referral.reference})"
    )
