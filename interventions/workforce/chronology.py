"""Timeline events of who does the work: changes of lead."""

from interventions.workforce.models import LeadChange
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family

LEAD_CHANGED = EventRule(
    "since", lambda row: f"Lead changed from {row['from']} to {row['to']}", "by_name", "why"
)


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """The family's changes of lead."""
    rows = LeadChange.objects.visible_to(scope).filter(episode__family=family)
    names = {
        "from": build_user_name("before"),
        "to": build_user_name("lead"),
        "by_name": build_user_name("by"),
    }
    page = ("episode", "episode_id")
    return [build_event_query("episode", rows, LEAD_CHANGED, page=page, fields=names)]
