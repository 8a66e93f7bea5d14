"""Forms that were sent from an account after it was closed: kept as its drafts, to be handed over like other work."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from pairs.service.models import RoleAtSite, RoleTerm, User
from pairs.submissions.models import Submission


def query_closed_with_forms(since: datetime | None = None) -> QuerySet[User]:
    """Closed accounts with forms that are still offered, by name. ``since``: with one that came after that moment."""
    forms = Submission.objects.offered().filter(user=OuterRef("pk"))
    recent = forms.filter(updated_at__gt=since) if since else forms
    return User.objects.filter(Exists(recent), is_active=False).order_by("display_name", "username")


def list_supervisors_of(people: QuerySet[User]) -> QuerySet[User]:
    """Whoever supervises at a site where one of these people has or had a role."""
    now = RoleAtSite.objects.filter(group__user__in=people).values_list("site", flat=True)
    once = RoleTerm.objects.filter(user__in=people).values_list("held__site", flat=True)
    return User.objects.with_permission("supervise", at={*now, *once})
