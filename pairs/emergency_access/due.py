"""What information governance has to do about emergency access: review each use."""

from datetime import date

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.due import SAFETY, always_due


def build_governance_due_queries(scope: Scope, on: date) -> list[Query]:
    """Uses that nobody has reviewed."""
    rows = EmergencyAccess.objects.visible_to(scope).to_review()
    fields = {"id": "id", "at": "created_at", "family": "family_id", "site": "family__site_id"}
    fields["who"] = "opened_by__display_name"
    facts = {"code": "emergency_access", "kind": SAFETY, "title": "Review emergency access"}
    return [Query(rows, fields, always_due(**facts, page="emergency-access-review"))]
