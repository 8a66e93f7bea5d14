"""Pages of a care contact: written up, marked in error."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.forms import (
    ExpectedPeople,
    NewContact,
    People,
    Warned,
    ask_about_the_missed,
    called,
    rows_of,
)
from interventions.episodes.models import CareContact, Episode, Intervention
from interventions.episodes.rules import usual_start
from interventions.episodes.views.shown import page, to_contact, to_episode
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.banner import caution_words
from pairs.families.forms import EnteredInError
from pairs.families.opened import family_of
from pairs.families.shown import limits_of
from pairs.submissions.typed import Typed
from pairs.village.panel import sharing_panel


@policy.permission("write_records")
def new_contact(request, episode_id):
    """Write up a contact on one page, with everything that can be known filled in."""
    episode = fetch(request, Episode.objects.select_related("family"), may="write_records", pk=episode_id)
    return written_up(request, episode)


def written_up(request, episode, *, usual=None, expected=None, then=None):
    """The page of a new contact. ``usual``: what a booking says of it; ``expected``: {person: attendance} of those
    it was made for; ``then``: what else is done with the contact, in the same transaction."""
    family = family_of(request, episode.family_id)
    people, typed = People(family), Typed(request, kind="new-contact")
    form = NewContact(typed.data, initial=_usual_contact(request, episode) | (usual or {}))
    form.offering(people, Intervention.objects.offered())
    rows = ExpectedPeople(typed.data, initial=_usual_people(people, expected))
    apart = _apart(typed, people, rows)
    done = (
        None
        if apart
        else typed.submitted(
            form,
            rows,
            make=lambda: _made(contact_from(episode, people, form, rows, request.user), then),
            path_of=to_contact,
        )
    )
    if done:
        messages.success(request, "The contact is saved.")
        return redirect(done)
    in_use = set(Intervention.objects.under_way(episode).values_list("code", flat=True))
    context = {"form": form, "rows": rows, "expected": rows_of(rows, people), "episode": episode}
    context["reaching"] = [(called(carer), limits_of(carer)) for carer in people.caregivers]
    context |= {"apart": [caution_words(each) for each in apart], "warned": Warned.of(apart)}
    sharing = sharing_panel(request, family, timezone.localdate())
    return page(request, "new_contact", family, typed, in_use=in_use, sharing=sharing, **context)


def _made(contact, then):
    if then:
        then(contact)
    return contact


def _usual_people(people, expected):
    """Everybody came; or, of a booking, those it was made for."""
    rows = people.expected()
    return (
        rows if expected is None else [row | {"attendance": expected.get(row["person"], "")} for row in rows]
    )


def _apart(typed, people, rows):
    """What keeps two of those who came apart, as long as this page has not said so: a warning, never a ban."""
    warned = Warned(typed.data if typed.posted else {})
    if not typed.posted or not (rows.is_valid() and warned.is_valid()):
        return []
    return people.together(rows) if warned.still_to_warn(people.together(rows)) else []


def contact_from(episode, people, form, rows, by):
    """The contact that form and rows describe; the page and the API both make it here."""
    ask_about_the_missed(form, rows)
    names = ("minutes", "mechanism", "location", "interventions", "sign")
    return actions.record_care_contact(
        episode=episode,
        starts_at=form.starts_at(),
        participants=people.came(rows),
        notes=form.notes(),
        subjects=form.subjects(people),
        by=by,
        **{name: form.cleaned_data[name] for name in names},
    )


def _usual_contact(request, episode):
    """An hour ago, as last time; the first time face to face at home."""
    start = timezone.localtime(usual_start(timezone.now()))
    usual = {"held_on": start.date(), "held_at": start.time(), "minutes": 60}
    last = next(iter(_newest(request, episode)), None)
    if last:
        codes = [each.code for each in last.interventions.all()]
        return usual | {"mechanism": last.mechanism, "location": last.location, "interventions": codes}
    codes = list(Intervention.objects.under_way(episode).values_list("code", flat=True))
    return usual | {"mechanism": "01", "location": "A01", "interventions": codes}


def _newest(request, episode):
    contacts = CareContact.objects.visible_to(request.scope).filter(episode=episode).newest_first()
    return contacts.prefetch_related("interventions")[:1]


@policy.permission("write_records")
def contact_in_error(request, contact_id):
    """A contact on the wrong record, or that never was: out of ordinary view, with the reason."""
    typed = Typed(request, kind="contact-in-error")
    if typed.done():
        return redirect(typed.done())
    contact = fetch(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    form = EnteredInError(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.mark_contact_in_error(contact=contact, by=request.user, **form.cleaned_data),
        path_of=lambda made: to_episode(made.episode),
    )
    if done:
        messages.success(request, "The contact is out of view. Information governance has been told.")
        return redirect(done)
    return page(request, "contact_in_error", family, typed, form=form, contact=contact)
