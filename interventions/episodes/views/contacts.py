"""Pages on which a contact is written up: with the family, a message, or liaison about them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.forms import (
    Colleagues,
    ExpectedPeople,
    NewContact,
    NewLiaison,
    NewMessage,
    People,
    Warned,
    ask_about_the_missed,
    called,
    rows_of,
)
from interventions.episodes.models import CareContact, Episode, Intervention, wants_prompts
from interventions.episodes.rules import usual_start
from interventions.episodes.views.shown import page, to_contact
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.banner import caution_words
from pairs.families.opened import family_of
from pairs.families.shown import limits_of
from pairs.submissions.typed import Typed, without_complaints
from pairs.village.panel import sharing_panel

NOWHERE = "X01"  # a message, or a talk with a colleague, has no place of the family's


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
    colleagues = Colleagues(family, but=request.user)
    form = NewContact(typed.data, initial=_usual_contact(request, episode) | (usual or {})).offering(people)
    form.fields["interventions"].queryset = Intervention.objects.offered()
    rows = ExpectedPeople(typed.data, initial=_usual_people(people, expected))
    others = colleagues.rows(typed.data)
    apart = _apart(typed, people, rows)
    asked = asked_about_prompts(request, typed, form, rows, others)
    done = (
        None
        if apart or asked
        else typed.submitted(
            form,
            *_sent(rows, others),
            make=lambda: _made(
                contact_from(episode, people, form, rows, request.user, others=_named(colleagues, others)),
                then,
            ),
            path_of=to_contact,
        )
    )
    if done:
        messages.success(request, "The contact is saved.")
        return redirect(done)
    in_use = set(Intervention.objects.under_way(episode).values_list("code", flat=True))
    context = {"form": form, "rows": rows, "expected": rows_of(rows, people), "in_use": in_use}
    context |= {"apart": [caution_words(each) for each in apart], "warned": Warned.of(apart)}
    context |= _beside(request, episode, family, typed, people)
    return page(request, "new_contact", family, typed, others=others, **context)


def _opened(request, episode_id):
    episode = fetch(request, Episode.objects.select_related("family"), may="write_records", pk=episode_id)
    return episode, family_of(request, episode.family_id)


def _beside(request, episode, family, typed, people):
    """What stands beside every contact that is being written: what is safe, what may be shared, the prompts."""
    return {
        "episode": episode,
        "reaching": [(called(carer), limits_of(carer)) for carer in people.caregivers],
        "begun": typed.begun(),
        "sharing": sharing_panel(request, family, timezone.localdate()),
        "prompts": wants_prompts(request.user),
    }


def _sent(*formsets):
    """Formsets that the page sent, or that a fresh page shows."""
    return [each for each in formsets if each.is_bound]


def _named(colleagues, others):
    return colleagues.of(others) if others.is_bound else []


def asked_about_prompts(request, typed, *forms):
    """Was the button pressed that puts the questions away, or brings them back? Nothing is saved then, or lost."""
    wish = request.POST.get("prompts") if typed.posted else None
    if not wish:
        return False
    actions.show_prompts(show=wish == "show", by=request.user)
    for form in forms:
        without_complaints(form)
    return True


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


def contact_from(episode, people, form, rows, by, *, others=()):
    """The contact that form and rows describe; the page and the API both make it here."""
    ask_about_the_missed(form, rows)
    names = ("minutes", "mechanism", "location", "interventions", "sign")
    return actions.record_care_contact(
        episode=episode,
        kind="family",
        starts_at=form.starts_at(),
        participants=people.came(rows),
        babies=people.babies(rows),
        others=others,
        notes=form.notes(),
        subjects=form.subjects(people),
        by=by,
        **{name: form.cleaned_data[name] for name in names},
    )


def _usual_contact(request, episode):
    """An hour ago, as last time; the first time face to face at home."""
    usual = _usual_time() | {"minutes": 60}
    last = next(iter(_newest(request, episode)), None)
    if last:
        codes = [each.code for each in last.interventions.all()]
        return usual | {"mechanism": last.mechanism, "location": last.location, "interventions": codes}
    codes = list(Intervention.objects.under_way(episode).values_list("code", flat=True))
    return usual | {"mechanism": "01", "location": "A01", "interventions": codes}


def _usual_time():
    start = timezone.localtime(usual_start(timezone.now()))
    return {"held_on": start.date(), "held_at": start.time()}


def _newest(request, episode):
    contacts = CareContact.objects.visible_to(request.scope).with_family().filter(episode=episode)
    return contacts.newest_first().prefetch_related("interventions")[:1]


@policy.permission("write_records")
def new_message(request, episode_id):
    """A text or an e-mail: with which of the carers, and what was said."""
    episode, family = _opened(request, episode_id)
    people, typed = People(family), Typed(request, kind="new-message")
    usual = _usual_time() | {"mechanism": "09"}
    if len(people.caregivers) == 1:
        usual["carers"] = [str(people.caregivers[0].pk)]
    form = NewMessage(typed.data, people=people, initial=usual).offering(people)
    done = typed.submitted(
        form, make=lambda: message_from(episode, people, form, request.user), path_of=to_contact
    )
    if done:
        messages.success(request, "The message is saved.")
        return redirect(done)
    context = _beside(request, episode, family, typed, people)
    return page(request, "new_message", family, typed, form=form, **context)


def message_from(episode, people, form, by):
    """The message that the form describes."""
    chosen = set(form.cleaned_data["carers"])
    return actions.record_care_contact(
        episode=episode,
        kind="message",
        starts_at=form.starts_at(),
        minutes=0,
        mechanism=form.cleaned_data["mechanism"],
        location=NOWHERE,
        participants=[(each, "attended") for each in people.caregivers if str(each.pk) in chosen],
        interventions=[],
        notes=form.notes(),
        subjects=form.subjects(people),
        sign=form.cleaned_data["sign"],
        by=by,
    )


@policy.permission("write_records")
def new_liaison(request, episode_id):
    """Spoken with a colleague about the family: with whom, how long, what was said. It is no contact with them."""
    episode, family = _opened(request, episode_id)
    people, typed = People(family), Typed(request, kind="new-liaison")
    colleagues = Colleagues(family, but=request.user)
    usual = _usual_time() | {"mechanism": "02", "minutes": 15}
    form = NewLiaison(typed.data, initial=usual).offering(people)
    others = colleagues.rows(typed.data)
    done = typed.submitted(
        form,
        *_sent(others),
        make=lambda: liaison_from(episode, people, form, _named(colleagues, others), request.user),
        path_of=to_contact,
        names={"others": "others.0.who"} if others.is_bound else {},
    )
    if done:
        messages.success(request, "What was said is saved.")
        return redirect(done)
    context = _beside(request, episode, family, typed, people)
    return page(request, "new_liaison", family, typed, form=form, others=others, **context)


def liaison_from(episode, people, form, others, by):
    """The liaison that form and rows describe."""
    return actions.record_care_contact(
        episode=episode,
        kind="liaison",
        starts_at=form.starts_at(),
        minutes=form.cleaned_data["minutes"],
        mechanism=form.cleaned_data["mechanism"],
        location=NOWHERE,
        participants=[],
        interventions=[],
        notes=form.notes(),
        subjects=form.subjects(people),
        others=others,
        sign=form.cleaned_data["sign"],
        by=by,
    )
