"""What every page of the work shows, and where its links lead."""

from django.shortcuts import render
from django.urls import reverse

from pairs.access.fetch import fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import RiskAlert


def page(request, template, family, typed, *, banner=None, **context):
    """A record page of this room: the banner with its alerts, and the token of what is being typed."""
    if banner is None:
        alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
        banner = banner_of(family, alerts=alerts)
    shared = {
        "family": family,
        "name": family_name(family),
        "banner": banner,
        "typed": typed,
        "submission_token": typed.token,
    }
    return render(request, f"episodes/{template}.html", shared | context)


def to_episode(episode):
    return reverse("episode", args=[episode.pk])


def to_contact(contact):
    return reverse("care-contact", args=[contact.pk])


def with_amendments(contact):
    """[(the standing text of a part, [the older ones, newest first])] of a contact fetched ``with_all``."""
    notes = [note for note in contact.notes.all() if note.text]
    older = {note.pk: note for note in notes}
    amended = {note.amends_id for note in notes if note.amends_id}
    return [(note, _before(note, older)) for note in notes if note.pk not in amended]


def _before(note, older):
    chain = []
    while note.amends_id and note.amends_id in older:
        note = older[note.amends_id]
        chain.append(note)
    return chain
