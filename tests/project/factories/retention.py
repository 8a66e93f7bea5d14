"""A hold on the family of each home; and at its site a record of long ago that somebody has decided to destroy."""

from datetime import date, timedelta

from django.utils import timezone

from pairs.families.models import Caregiver, Dyad, Family, Infant
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.rules import DecisionKind, Rule


def create_retention(home):
    home.objects["retention_hold_id"] = RetentionHold.objects.create(
        site=home.site,
        family=home.family,
        reason=f"Held {home.name}",
        made_by=home.colleague,
        review_on=timezone.localdate() + timedelta(days=30),
    )
    home.objects["retention_decision_id"] = RetentionDecision.objects.create(
        family=_create_old_family(home),
        kind=DecisionKind.DESTROY,
        rule=Rule.CHILD,
        due_on=date(2022, 3, 2),
        reason=f"Kept long enough {home.name}",
        decided_by=home.colleague,
    )


def _create_old_family(home):
    family = Family.objects.create(site=home.site)
    Family.objects.filter(pk=family.pk).update(created_at=timezone.now().replace(year=1998, month=5, day=4))
    carer = Caregiver.objects.create(family=family, given_name=f"Olive{home.name}", family_name="Carer")
    infant = Infant.objects.create(
        family=family,
        reference=f"PI-{home.name[:4]}-OLD",
        given_name=f"Oldest{home.name}",
        birth_date=date(1997, 3, 2),
        nhs_number_status="07",
    )
    Dyad.objects.create(family=family, infant=infant, caregiver=carer, relationship="mother", main_carer=True)
    return family
