"""Pages of places in a group: families join, who comes, leaving."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.groups import actions, forms
from interventions.groups.forms.places import get_person_value, list_usual_guests
from interventions.groups.models import (
    Facilitator,
    GroupLine,
    GroupPlace,
    GroupSession,
    Programme,
    ProgrammeQuerySet,
)
from interventions.groups.record_forms import query_programmes
from interventions.groups.roster import get_group_record, list_group_warnings
from interventions.groups.views.programmes import get_group_path
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.views.form_page import list_open_alerts, render_form_page
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission

MAX_OFFERED = 60


def get_place_path(place: GroupPlace) -> Any:
    return reverse("group-place", args=[place.pk])


def find_unseen_warnings(request: ScopedRequest, apart: list[str]) -> tuple[Any, ...]:
    """(warnings that the user has not seen yet, the token that marks these warnings as seen)."""
    word = hashlib.sha256("\n".join(sorted(apart)).encode()).hexdigest()[:16]
    return (apart if request.POST.get("warned") != word else []), word


@policy.permission("write_records")
def add_group_places(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Several families join a group."""
    programme = get_group_record(request, query_programmes(), may_write=True, pk=programme_id)
    submission = FormSubmission(request, kind="new-group-places")
    form = forms.NewPlacesForm(
        submission.data,
        episodes=_list_offered_episodes(request, programme),
        initial={"joined_on": timezone.localdate()},
    )
    apart, word = [], ""
    if submission.posted and form.is_valid():
        joining = [person.pk for _, people in form.chosen() for person in people]
        apart, word = find_unseen_warnings(request, list_group_warnings(request, programme, joining))
    done = (
        None
        if apart
        else submission.save_once(
            form, make=lambda: _join_families(programme, form, request.user), path_of=get_group_path
        )
    )
    if done:
        messages.success(request, "They have a place in the group.")
        return redirect(done)
    context = {"form": form, "programme": programme, "submission_token": submission.token}
    return render(request, "groups/new_places.html", context | {"apart": apart, "word": word})


def _join_families(
    programme: Any, form: forms.NewPlacesForm, by: User
) -> Programme | Facilitator | GroupSession:
    joined_on = form.cleaned_data["joined_on"]
    for episode, people in form.chosen():
        actions.join_group(programme=programme, episode=episode, people=people, joined_on=joined_on, by=by)
    return programme


def _list_offered_episodes(request: ScopedRequest, programme: Any) -> list[Episode]:
    """Open episodes at its sites where the user may write: with its intervention, or the user's own."""
    sites = {site.pk for site in programme.sites.all()} & request.scope.sites("write_records")
    this_way = Q(uses__intervention=programme.intervention_id, uses__ended_on=None)
    found = Episode.objects.open().filter(this_way | Q(lead=request.user), site__in=sites)
    places = GroupPlace.objects.live().held().filter(programme=programme)
    found = found.exclude(pk__in=places.values("episode")).select_related(
        "lead", "family", "referral__patient"
    )
    found = found.prefetch_related("focus__infant", "focus__caregiver")
    found = found.distinct().order_by("-opened_on", "pk")
    offered = get_visible_page(request, found, per_page=MAX_OFFERED).object_list
    return [each for each in offered if list_usual_guests(each)]


@policy.permission("write_records")
def add_group_place(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """One family joins a group, from its episode's page."""
    episodes = Episode.objects.select_related("referral__patient").prefetch_related(
        "focus__infant", "focus__caregiver"
    )
    episode = get_visible_or_404(request, episodes, may="write_records", pk=episode_id)
    family = get_family(request, episode.family_id)
    submission = FormSubmission(request, kind="new-group-place")
    programmes = query_joinable_programmes(request.scope, episode)
    usual = {
        "joined_on": timezone.localdate(),
        "people": [get_person_value(each) for each in list_usual_guests(episode)],
    }
    form = forms.NewPlaceForm(submission.data, family=family, programmes=programmes, initial=usual)
    apart, word = [], ""
    if submission.posted and form.is_valid():
        joining = [person.pk for person in form.chosen()]
        apart, word = find_unseen_warnings(
            request, list_group_warnings(request, form.cleaned_data["programme"], joining)
        )
    done = (
        None
        if apart
        else submission.save_once(
            form, make=lambda: join_from_form(form, episode, request.user), path_of=get_place_path
        )
    )
    if done:
        messages.success(request, "They have a place in the group.")
        return redirect(done)
    context = {
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "episode": episode,
        "form": form,
        "submission_token": submission.token,
        "apart": apart,
        "word": word,
    }
    return render(request, "groups/new_place.html", context)


def query_joinable_programmes(scope: Scope, episode: Any) -> ProgrammeQuerySet:
    """Open groups in scope that families of the episode's site may join."""
    here = Programme.sites.through.objects.filter(site=episode.site_id)
    return Programme.objects.visible_to(scope).open().filter(pk__in=here.values("programme")).order_by("name")


def join_from_form(form: forms.NewPlaceForm, episode: Any, by: User) -> GroupPlace:
    """Join the group as the form says; used by the page and the API."""
    what = {name: form.cleaned_data[name] for name in ("programme", "joined_on")}
    return actions.join_group(episode=episode, people=form.chosen(), by=by, **what)


@policy.permission("read_families", "govern_records")
def show_group_place(request: ScopedRequest, place_id: UUID) -> HttpResponse:
    """Show a family's place: who comes and the sessions so far."""
    place = get_visible_or_404(request, GroupPlace.objects.with_people(), pk=place_id)
    family = get_family(request, place.episode.family_id)
    lines = GroupLine.objects.filter(place=place).select_related("session", "care_contact")
    context = {
        "place": place,
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "people": [str(each.person) for each in place.people.all()],
        "lines_of": [
            (line.session, line.care_contact, format_line_attendance(line))
            for line in list_visible(
                request,
                lines.prefetch_related("care_contact__participants__infant", "care_contact__participants__caregiver")
                .order_by("-session__starts_at"),
            )
        ],
        "may_write": request.scope.may("write_records", at=place.site_id) and not place.left_on,
    }  # fmt: skip
    return render(request, "groups/place.html", context)


def format_line_attendance(line: GroupLine) -> str:
    """Attendance in words."""
    people = [each for each in line.care_contact.participants.all() if not each.is_hidden]
    return "; ".join(f"{each.person}: {each.get_attendance_display().lower()}" for each in people)


def _get_place_and_family(request: ScopedRequest, place_id: UUID) -> tuple[Any, ...]:
    place = get_visible_or_404(request, GroupPlace.objects.with_people(), may="write_records", pk=place_id)
    return place, get_family(request, place.episode.family_id)


@policy.permission("write_records")
def edit_group_guests(request: ScopedRequest, place_id: UUID) -> HttpResponse:
    """Change who of the family comes from now on."""
    place, family = _get_place_and_family(request, place_id)
    submission = FormSubmission(request, kind="group-guests")
    now = [get_person_value(each.person) for each in place.people.all()]
    form = forms.GuestsForm(submission.data, family=family, initial={"people": now})
    done = submission.save_once(
        form,
        make=lambda: actions.change_guests(place=place, people=form.chosen(), by=request.user),
        path_of=get_place_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    words = {"title": "Who comes to the group?", "button": "Save", "back": get_place_path(place)}
    return render_form_page(request, family, submission, form, **words)


@policy.permission("write_records")
def leave_group_page(request: ScopedRequest, place_id: UUID) -> HttpResponse:
    """Leave the group, with the last day and the reason."""
    place, family = _get_place_and_family(request, place_id)
    submission = FormSubmission(request, kind="leave-group")
    form = forms.LeavingForm(submission.data, initial={"left_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.leave_group(place=place, by=request.user, **form.cleaned_data),
        path_of=get_place_path,
    )
    if done:
        messages.success(request, "Saved. The episode goes on.")
        return redirect(done)
    words = {
        "title": "Do they leave the group?",
        "button": "They leave the group",
        "back": get_place_path(place),
        "text": ["Their place is free from the day after. What was recorded stays."],
    }
    return render_form_page(request, family, submission, form, **words)
