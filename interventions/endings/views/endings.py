"""Pages of an ending: prepare and complete it; reopen the episode after a mistake."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.forms import BaseFormSet

from interventions.endings import record_forms
from interventions.endings.actions.endings import list_family_dyads
from interventions.endings.forms import (
    ChangedPartForm,
    OutstandingItemForm,
    build_changed_formset,
    build_ending_initial,
    build_outstanding_formset,
)
from interventions.endings.models import Ending
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.endings.rules.endings import SENSITIVE_NOTICES, OutstandingItem
from interventions.endings.views.record_pages import get_ending_path
from interventions.episodes.rules import EndingReason
from interventions.episodes.views.record_pages import get_episode_path
from pairs.access import policy
from pairs.families.models import Dyad, Family
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.submissions.shared_draft_page import SharedDraftPage


@policy.permission("write_records")
class EndEpisodePage(record_forms.EndEpisode, SharedDraftPage, FamilyFormPage):
    """End an episode: outstanding work, reason, what has changed, who is next, how to come back."""

    template_name = "endings/end_episode.html"
    title = "The ending"
    back = PageOf("episode", "record", "The episode")

    @cached_property
    def ending(self) -> Ending | None:
        return self.load_ending()

    @cached_property
    def open_work(self) -> list[OutstandingItem]:
        return list_outstanding_work(self.record)

    @cached_property
    def dyads(self) -> list[Dyad]:
        return list_family_dyads(self.record)

    def get_other_path(self) -> str:
        return get_episode_path(self.record) if self.record.ended_on else ""

    def get_initial(self) -> dict[str, Any]:
        return build_ending_initial(self.ending)

    def build_formsets(self, data: Any) -> dict[str, BaseFormSet]:
        return {
            "open": build_outstanding_formset(data, self.open_work, self.ending),
            "changed": build_changed_formset(data, self.dyads, self.ending),
        }

    def get_field_names(self) -> dict[str, str]:
        return _map_keys_to_fields(self.formsets["open"])

    def get_message(self) -> str:
        saved = self.form.cleaned_data["draft"]
        return "Draft ending saved. The episode is still open." if saved else "Episode ended."

    def get_success_path(self, made: Ending) -> str:
        return get_ending_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "ending": self.ending,
            "open_rows": _match_outstanding_rows(self.formsets["open"], self.open_work),
            "changed_rows": _match_changed_rows(self.formsets["changed"], self.dyads),
            "gentle": _get_bereavement_notice(self.family),
        }


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
    rows = [(each, _set_label(row, "to_whom", f"Reassign: {each.what}")) for each, row in found if each]
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

    title = "Reopen this episode?"
    consequences = (
        "use this for an ending on the wrong date or record; a family that comes back needs a new referral",
        "the ending is kept as a draft, with your name and the reason",
        "interventions that ended with it become active again",
        "signed letters do not change",
    )
    button = "Reopen"
    message = "Episode reopened. Its ending is kept as a draft."
    back = PageOf("episode", "record", "The episode")

    def get_other_path(self) -> str:
        return "" if self.record.ended_on else get_episode_path(self.record)
