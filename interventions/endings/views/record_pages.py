"""Paths to the pages of an ending."""

from typing import Any

from django.urls import reverse


def get_ending_path(ending: Any) -> str:
    """The path of the episode once it has ended, until then of the draft."""
    name = "episode" if ending.completed_at else "end-episode"
    return reverse(name, args=[ending.episode_id])


def get_keepsake_path(keepsake: Any) -> str:
    return reverse("keepsake", args=[keepsake.pk])
