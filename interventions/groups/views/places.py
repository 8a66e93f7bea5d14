"""Pages of a roster: families join, who of one comes, leaving."""

import hashlib

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.groups import actions, forms
from interventions.groups.forms.places import usual_guests, value_of
from interventions.groups.models import GroupLine, GroupPlace, Programme
from interventions.groups.roster import kept_apart, of_group
from interventions.groups.views.programmes import to_group, whole
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of
from pairs.families.opened import family_of
from pairs.families.views.form_page import alerts_of, form_page
from pairs.submissions.typed import Typed

MOST_OFFERED = 60


def to_place(place):
    return reverse("group-place", args=[place.pk])


def still_to_warn(request, apart):
    """What the page has not shown yet when somebody saves all the same; and the word that says it has."""
    word = hashlib.sha256("\n".join(sorted(apart)).encode()).hexdigest()[:16]
    return (apart if request.POST.get("warned") != word else []), word


@policy.permission("write_records")
def new_group_places(request, programme_id):
    """Families join, several at once; those who work this way come first."""
    programme = of_group(request, whole(), may_write=True, pk=programme_id)
    typed = Typed(request, kind="new-group-places")
    form = forms.NewPlaces(
        typed.data, episodes=_offered(request, programme), initial={"joined_on": timezone.localdate()}
    )
    apart, word = [], ""
    if typed.posted and form.is_valid():
        joining = [person.pk for _, people in form.chosen() for person in people]
        apart, word = still_to_warn(request, kept_apart(request, programme, joining))
    done = (
        None
        if apart
        else typed.submitted(form, make=lambda: _join_all(programme, form, request.user), path_of=to_group)
    )
    if done:
        messages.success(request, "They have a place in the group.")
        return redirect(done)
    context = {"form": form, "programme": programme, "submission_token": typed.token}
    return render(request, "groups/new_places.html", context | {"apart": apart, "word": word})


def _join_all(programme, form, by):
    joined_on = form.cleaned_data["joined_on"]
    for episode, people in form.chosen():
        actions.join_group(programme=programme, episode=episode, people=people, joined_on=joined_on, by=by)
    return programme


def _offered(request, programme):
    """Open episodes of its sites where I may write: those working this way, and those I lead."""
    sites = {site.pk for site in programme.sites.all()} & request.scope.sites("write_records")
    this_way = Q(uses__intervention=programme.intervention_id, uses__ended_on=None)
    found = Episode.objects.open().filter(this_way | Q(lead=request.user), site__in=sites)
    places = GroupPlace.objects.live().held().filter(programme=programme)
    found = found.exclude(pk__in=places.values("episode")).select_related(
        "lead", "family", "referral__patient"
    )
    found = found.prefetch_related("focus__infant", "focus__caregiver")
    found = found.distinct().order_by("-opened_on", "pk")
    offered = fetch_page(request, found, per_page=MOST_OFFERED).object_list
    return [each for each in offered if usual_guests(each)]


@policy.permission("write_records")
def new_group_place(request, episode_id):
    """One family joins a group, from its episode's page."""
    episodes = Episode.objects.select_related("referral__patient").prefetch_related(
        "focus__infant", "focus__caregiver"
    )
    episode = fetch(request, episodes, may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="new-group-place")
    programmes = programmes_for(request.scope, episode)
    usual = {"joined_on": timezone.localdate(), "people": [value_of(each) for each in usual_guests(episode)]}
    form = forms.NewPlace(typed.data, family=family, programmes=programmes, initial=usual)
    apart, word = [], ""
    if typed.posted and form.is_valid():
        joining = [person.pk for person in form.chosen()]
        apart, word = still_to_warn(request, kept_apart(request, form.cleaned_data["programme"], joining))
    done = (
        None
        if apart
        else typed.submitted(form, make=lambda: join_from(form, episode, request.user), path_of=to_place)
    )
    if done:
        messages.success(request, "They have a place in the group.")
        return redirect(done)
    context = {
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "episode": episode,
        "form": form,
        "submission_token": typed.token,
        "apart": apart,
        "word": word,
    }
    return render(request, "groups/new_place.html", context)


def programmes_for(scope, episode):
    """Open groups in scope that families of the episode's site may join."""
    here = Programme.sites.through.objects.filter(site=episode.site_id)
    return Programme.objects.visible_to(scope).open().filter(pk__in=here.values("programme")).order_by("name")


def join_from(form, episode, by):
    """The place that the form describes; the page and the API both make it here."""
    what = {name: form.cleaned_data[name] for name in ("programme", "joined_on")}
    return actions.join_group(episode=episode, people=form.chosen(), by=by, **what)


@policy.permission("read_families", "govern_records")
def group_place(request, place_id):
    """A family's place: who comes, the sessions so far, and leaving."""
    place = fetch(request, GroupPlace.objects.with_people(), pk=place_id)
    family = family_of(request, place.episode.family_id)
    lines = GroupLine.objects.filter(place=place).select_related("session", "care_contact")
    context = {
        "place": place,
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "people": [str(each.person) for each in place.people.all()],
        "lines_of": [
            (line.session, line.care_contact, came_of(line))
            for line in fetch_list(
                request,
                lines.prefetch_related("care_contact__participants__infant", "care_contact__participants__caregiver")
                .order_by("-session__starts_at"),
            )
        ],
        "may_write": request.scope.may("write_records", at=place.site_id) and not place.left_on,
    }  # fmt: skip
    return render(request, "groups/place.html", context)


def came_of(line):
    """Who came, in words."""
    people = [each for each in line.care_contact.participants.all() if not each.is_out_of_sight]
    return "; ".join(f"{each.person}: {each.get_attendance_display().lower()}" for each in people)


def _place(request, place_id):
    place = fetch(request, GroupPlace.objects.with_people(), may="write_records", pk=place_id)
    return place, family_of(request, place.episode.family_id)


@policy.permission("write_records")
def group_guests(request, place_id):
    """Who of the family comes from now on."""
    place, family = _place(request, place_id)
    typed = Typed(request, kind="group-guests")
    now = [value_of(each.person) for each in place.people.all()]
    form = forms.Guests(typed.data, family=family, initial={"people": now})
    done = typed.submitted(
        form,
        make=lambda: actions.change_guests(place=place, people=form.chosen(), by=request.user),
        path_of=to_place,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    words = {"title": "Who comes to the group?", "button": "Save", "back": to_place(place)}
    return form_page(request, family, typed, form, **words)


@policy.permission("write_records")
def leave_group(request, place_id):
    """The family's last day in the group, and why."""
    place, family = _place(request, place_id)
    typed = Typed(request, kind="leave-group")
    form = forms.Leaving(typed.data, initial={"left_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.leave_group(place=place, by=request.user, **form.cleaned_data),
        path_of=to_place,
    )
    if done:
        messages.success(request, "Saved. The episode goes on.")
        return redirect(done)
    words = {
        "title": "Do they leave the group?",
        "button": "They leave the group",
        "back": to_place(place),
        "text": ["Their place is free from the day after. What was recorded stays."],
    }
    return form_page(request, family, typed, form, **words)
