"""Page of transitions at two and five: the days ahead for each child, and the plans."""

from typing import Any

from interventions.endings import record_forms
from interventions.endings.family_transitions import list_transition_days, query_transition_plans
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf


@policy.permission("read_families", "govern_records", POST="write_records")
class TransitionsPage(record_forms.PlanTransition, FamilyFormPage):
    """Each living child's transition days and plans; add a plan."""

    kind = "transition"
    template_name = "endings/transitions.html"
    open_to_readers = True
    message = "Transition plan saved. It is no longer flagged."
    leads_to = PageOf("transitions", "family")

    def get_context(self, form: Any) -> dict[str, Any]:
        plans = list_visible(self.request, query_transition_plans(self.family))
        return super().get_context(form) | {"days": list_transition_days(self.family), "plans": plans}
