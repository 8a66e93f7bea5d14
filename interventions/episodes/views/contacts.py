"""Pages on which a contact is written up: with the family, a message, or liaison about them."""

import functools

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
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
    parts_of_colleagues,
    rows_of,
)
from interventions.episodes.models import CareContact, Episode, Intervention, prompts_hidden
from interventions.episodes.rules import usual_start
from interventions.episodes.views.shown import page, to_contact
from pairs.access import policy
from pairs.access.asking import Question
from pairs.access.fetch import fetch_whole, note_listed, with_family_id
from pairs.access.prepared_records import PreparedRecords
from pairs.families.banner import caution_words
from pairs.families.opened import open_family
from pairs.families.shown import limits_of
from pairs.submissions.typed import Typed, begun_drafts, without_complaints
from pairs.village.panel import panel_of, parts_of_panel

NOWHERE = "X01"  # a message, or a talk with a colleague, has no place of the family's


@policy.permission("write_records")
def new_contact(request, episode_id):
    """Write up a contact on one page, with everything that can be known filled in."""
    parts = fetch_whole(request, _EPISODE_AND_WAYS, may="write_records", episode=episode_id)
    return written_up(request, parts["episode"][0], ways=parts["ways"])


def _writable(request, episode_id):
    return fetch_whole(request, _EPISODE, may="write_records", episode=episode_id)["episode"][0]


def _episode(scope, episode):
    return {"episode": with_family_id(Episode.objects.visible_to(scope).filter(pk=episode))}


_EPISODE = PreparedRecords(_episode)
_EPISODE_AND_WAYS = PreparedRecords(
    lambda scope, episode: (
        _episode(scope, episode) | {"ways": Intervention.objects.offered().only("code", "name")}
    )
)


def written_up(request, episode, *, ways=None, usual=None, expected=None, then=None):
    """The page of a new contact. ``ways``: the interventions that are offered; ``usual``: what a booking says of it;
    ``expected``: {person: attendance} of those it was made for; ``then``: what else is done with the contact, in
    the same transaction."""
    opened, typed = open_family(request, episode.family_id), Typed(request, kind="new-contact")
    people, beside = People(opened.family), Beside(request, episode, opened, typed)
    initial = {} if typed.data else _usual_contact(beside.parts)
    form = NewContact(typed.data, initial=initial | (usual or {})).offering(people)
    form.fields["interventions"].offer(list(Intervention.objects.offered()) if ways is None else ways)
    rows = ExpectedPeople(typed.data, initial=_usual_people(people, expected))
    others = beside.colleagues.rows(typed.data)
    apart = _apart(typed, people, rows)
    asked = asked_about_prompts(request, typed, form, rows, others)
    done = (
        None
        if apart or asked
        else typed.submitted(
            form,
            *_sent(rows, others),
            make=lambda: _made(
                contact_from(
                    episode, people, form, rows, request.user, others=_named(beside.colleagues, others)
                ),
                then,
            ),
            path_of=to_contact,
        )
    )
    if done:
        messages.success(request, "The contact is saved.")
        return redirect(done)
    context = {"form": form, "rows": rows, "expected": rows_of(rows, people)}
    context |= {"in_use": set(beside.parts["in_use"]), "others": others}
    context |= {"apart": [caution_words(each) for each in apart], "warned": Warned.of(apart)}
    return page(request, "new_contact", opened.family, typed, **beside.context(people), **context)


class Beside:
    """What stands beside every contact that is being written: what is safe, what may be shared, the prompts.

    It is asked in one query, when it is first needed: of a contact that is saved at once, never.
    """

    def __init__(self, request, episode, opened, typed):
        self.request, self.episode, self.opened, self.typed = request, episode, opened, typed
        self.colleagues = Colleagues(lambda: self.parts, but=request.user)

    @functools.cached_property
    def parts(self):
        family = self.opened.family
        ids = {"episode": self.episode.pk, "family": family.pk, "site": family.site_id}
        return _PARTS.rows(self.request.scope, self.typed.kind, **ids, user=self.request.user.pk)

    def context(self, people):
        """For the page's template."""
        family = self.opened.family
        if self.parts["agreements"] or self.parts["limits"]:
            note_listed(self.request, family.pk)
        return {
            "episode": self.episode,
            "banner": self.opened.banner(self.request),
            "reaching": [(called(carer), limits_of(carer)) for carer in people.caregivers],
            "begun": self.typed.begun_among(self.parts["begun"]),
            "sharing": panel_of(self.parts, family.pk, timezone.localdate()),
            "prompts": not self.parts["prompts_hidden"],
        }


def _parts(scope, kind, *, episode, family, site, user):
    """By the ids of an episode and its family, which were fetched in scope."""
    in_use = Intervention.objects.under_way(episode)
    return {
        **parts_of_colleagues(family, site),
        **parts_of_panel(family),
        "begun": begun_drafts(user, kind),
        "prompts_hidden": prompts_hidden(user).only("hidden"),
        "newest": _newest(episode),
        "in_use": Question(in_use, {"code": "code"}, lambda row: [row["code"]]),
    }


_PARTS = PreparedRecords(_parts)


def _newest(episode):
    """The episode's newest contact with the family, as a list of one or none."""
    contacts = CareContact.objects.live().with_family().filter(episode=episode).newest_first()
    worked = Intervention.objects.filter(contacts=OuterRef("pk")).values("code")
    return contacts.annotate(codes=ArraySubquery(worked)).only("mechanism", "location")[:1]


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
    return actions.write_care_contact(
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


def _usual_contact(parts):
    """An hour ago, as last time; the first time face to face at home."""
    usual = _usual_time() | {"minutes": 60}
    for last in parts["newest"]:
        return usual | {"mechanism": last.mechanism, "location": last.location, "interventions": last.codes}
    return usual | {"mechanism": "01", "location": "A01", "interventions": parts["in_use"]}


def _usual_time():
    start = timezone.localtime(usual_start(timezone.now()))
    return {"held_on": start.date(), "held_at": start.time()}


@policy.permission("write_records")
def new_message(request, episode_id):
    """A text or an e-mail: with which of the carers, and what was said."""
    episode, typed = _writable(request, episode_id), Typed(request, kind="new-message")
    opened = open_family(request, episode.family_id)
    people, beside = People(opened.family), Beside(request, episode, opened, typed)
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
    return page(request, "new_message", opened.family, typed, form=form, **beside.context(people))


def message_from(episode, people, form, by):
    """The message that the form describes."""
    chosen = set(form.cleaned_data["carers"])
    return actions.write_care_contact(
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
    episode, typed = _writable(request, episode_id), Typed(request, kind="new-liaison")
    opened = open_family(request, episode.family_id)
    people, beside = People(opened.family), Beside(request, episode, opened, typed)
    usual = _usual_time() | {"mechanism": "02", "minutes": 15}
    form = NewLiaison(typed.data, initial=usual).offering(people)
    others = beside.colleagues.rows(typed.data)
    done = typed.submitted(
        form,
        *_sent(others),
        make=lambda: liaison_from(episode, people, form, _named(beside.colleagues, others), request.user),
        path_of=to_contact,
        names={"others": "others.0.who"} if others.is_bound else {},
    )
    if done:
        messages.success(request, "What was said is saved.")
        return redirect(done)
    context = beside.context(people) | {"form": form, "others": others}
    return page(request, "new_liaison", opened.family, typed, **context)


def liaison_from(episode, people, form, others, by):
    """The liaison that form and rows describe."""
    return actions.write_care_contact(
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
