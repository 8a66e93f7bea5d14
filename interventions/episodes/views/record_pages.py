"""What every page of this app shows of a family's record, and paths to its pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert


def render_episode_record_page(
    request: ScopedRequest,
    template: str,
    family: Family,
    typed: Any,
    *,
    banner: Any = None,
    **context: Any,
) -> HttpResponse:
    """Render a page with the family's banner, its open alerts and the form's submission token."""
    if banner is None:
        alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
        banner = build_banner(family, alerts=alerts)
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": banner,
        "typed": typed,
        "submission_token": typed.token,
    }
    return render(request, f"episodes/{template}.html", shared | context)


def get_episode_path(episode: Any) -> str:
    return reverse("episode", args=[episode.pk])


def get_contact_path(contact: Any) -> str:
    return reverse("care-contact", args=[contact.pk])


def list_parts_with_amendments(contact: Any) -> list[tuple[Any, list[Any]]]:
    """[(current part, [earlier versions, newest first])] of a contact from ``with_all``."""
    notes = [note for note in contact.notes.all() if note.text]
    older = {note.pk: note for note in notes}
    amended = {note.amends_id for note in notes if note.amends_id}
    return [(note, _list_earlier_versions(note, older)) for note in notes if note.pk not in amended]


def _list_earlier_versions(note: Any, older: dict[UUID, Any]) -> list[Any]:
    chain = []
    while note.amends_id and note.amends_id in older:
        note = older[note.amends_id]
        chain.append(note)
    return chain
