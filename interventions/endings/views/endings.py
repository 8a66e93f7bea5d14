"""Pages of an ending: prepare and complete it; reopen the episode after a mistake."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect

from interventions.endings import record_forms
from interventions.endings.actions.endings import list_family_dyads
from interventions.endings.forms import (
    ChangedPartForm,
    EndingForm,
    OutstandingItemForm,
    build_changed_formset,
    build_ending_initial,
    build_outstanding_formset,
)
from interventions.endings.models import Ending
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.endings.record_forms import prepare_ending_from_forms
from interventions.endings.rules.endings import SENSITIVE_NOTICES, OutstandingItem
from interventions.endings.views.record_pages import get_ending_path, render_ending_page
from interventions.episodes.models import Episode
from interventions.episodes.rules import EndingReason
from interventions.episodes.views.record_pages import get_episode_path
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Dyad, Family
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import Link
from pairs.submissions.form_submission import FormSubmission


@policy.permission("write_records")
def end_episode_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """End an episode: outstanding work, reason, what has changed, who is next, how to come back."""
    episode = get_visible_or_404(
        request, Episode.objects.select_related("site"), may="write_records", pk=episode_id
    )
    if episode.ended_on and request.method == "GET":
        return redirect(get_episode_path(episode))
    family = get_family(request, episode.family_id)
    submission = FormSubmission(request, kind="end-episode")
    ending, open_work, dyads = _load_ending_facts(request, episode)
    form = EndingForm(submission.data, initial=build_ending_initial(ending))
    things, parts = (
        build_outstanding_formset(submission.data, open_work, ending),
        build_changed_formset(submission.data, dyads, ending),
    )
    done = submission.save_once(
        form,
        things,
        parts,
        make=lambda: prepare_ending_from_forms(episode, form, things, parts, request.user),
        path_of=get_ending_path,
        names=_map_keys_to_fields(things) if submission.posted else None,
    )
    if done:
        saved = form.cleaned_data["draft"]
        messages.success(
            request, "The ending is saved. Nothing has ended yet." if saved else "The episode has ended."
        )
        return redirect(done)
    context = {"form": form, "episode": episode, "ending": ending, "things": things, "parts": parts}
    context |= {
        "open_rows": _match_outstanding_rows(things, open_work),
        "changed_rows": _match_changed_rows(parts, dyads),
    }
    return render_ending_page(
        request, "end_episode", family, submission, gentle=_get_bereavement_notice(family), **context
    )


def _load_ending_facts(
    request: ScopedRequest, episode: Any
) -> tuple[Ending | None, list[OutstandingItem], list[Dyad]]:
    ending = Ending.objects.visible_to(request.scope).whole().filter(episode=episode).first()
    return ending, list_outstanding_work(episode), list_family_dyads(episode)


def _map_keys_to_fields(things: BaseFormSet) -> dict[str, str]:
    """{item key: name of its row's field}, to place errors about one outstanding item."""
    things.is_valid()
    given = [row.cleaned_data for row in things.forms if getattr(row, "cleaned_data", None)]
    return {row["key"]: f"open.{number}.to_whom" for number, row in enumerate(given) if row.get("key")}


def _match_outstanding_rows(
    things: BaseFormSet, open_work: Sequence[OutstandingItem]
) -> list[tuple[OutstandingItem, OutstandingItemForm]]:
    """[(outstanding item, its row)]; rows of items settled meanwhile are left out."""
    known = {each.key: each for each in open_work}
    found = [(known.get(str(row["key"].value())), row) for row in things.forms]
    rows = [
        (each, _set_label(row, "to_whom", f"Who takes this on: {each.what}")) for each, row in found if each
    ]
    shown = {each.key for each, _ in rows}
    return [*rows, *((each, None) for each in open_work if each.key not in shown)]


def _match_changed_rows(parts: BaseFormSet, dyads: list[Dyad]) -> list[ChangedPartForm]:
    known = {str(dyad.pk): dyad for dyad in dyads}
    found = [(known.get(str(row["dyad"].value())), row) for row in parts.forms]
    return [_set_label(row, "words", f"For {dyad}") for dyad, row in found if dyad]


def _set_label(row: ChangedPartForm | OutstandingItemForm, name: str, label: str) -> Any:
    row[name].label = label
    return row


def _get_bereavement_notice(family: Family) -> list[str]:
    """The notice shown first on the page when the family has lost an infant."""
    return (
        [SENSITIVE_NOTICES[EndingReason.BABY_DIED]]
        if any(infant.lost_on for infant in family.infants.all())
        else []
    )


@policy.permission("supervise")
class ReopenEpisodePage(record_forms.ReopenEpisode, FamilyFormPage):
    """Reopen an episode that was ended by mistake, with the reason; the ending's text is kept."""

    kind = "reopen-episode"
    title = "Open this episode again?"
    consequences = (
        "for an ending on the wrong day or on the wrong record; a family that comes back begins with a new referral",
        "what the ending said is kept, with your name and the reason, and goes on as a draft",
        "the ways of working that ended with it go on",
        "letters that were signed stay as they are",
    )
    button = "Open it again"
    message = "The episode is open again. What its ending said is kept."

    def get_other_path(self) -> str:
        return "" if self.record.ended_on else get_episode_path(self.record)

    def get_back_link(self) -> Link:
        return Link(get_episode_path(self.record), "The episode")
