"""What every page of this app shows of a family's record, and paths to its pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from interventions.episodes.models import Episode
from pairs.access.requests import ScopedRequest
from pairs.families.banner import get_family_name
from pairs.families.models import Family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import build_family_banner
from pairs.submissions.form_page import PageOf


def render_record_page(
    request: ScopedRequest, template: str, family: Family, *, banner: Any = None, **context: Any
) -> HttpResponse:
    """Render a page under the family's banner; ``banner``: where the page has read it already."""
    banner = build_family_banner(request, family) if banner is None else banner
    shared = {"family": family, "name": get_family_name(family), "banner": banner}
    return render(request, template, shared | context)


class EpisodeFormPage(FamilyFormPage):
    """A form about an episode, or about a record of one, that leads back to the episode's page."""

    back = PageOf("episode", "episode_id", "Episode page")

    @property
    def episode_id(self) -> UUID:
        return self.record.pk if isinstance(self.record, Episode) else self.record.episode_id


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
