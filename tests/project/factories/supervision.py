"""The sample families' supervision: what was agreed, held, noted, raised, planned and decided."""

from datetime import timedelta

from django.utils import timezone

from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    FamilyDiscussion,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionKind,
    SupervisionNote,
    SupervisionSession,
)


def create_supervision(home, cast):
    """Of the home's worker by the supervisor of the cast; what is private to the two names the home."""
    whose = {"site": home.site, "supervisor": cast["supervisor"], "supervisee": home.worker}
    today, taken = timezone.localdate(), SupervisionAgreement.objects.filter(supervisee=home.worker).count()
    agreed = SupervisionAgreement.objects.create(
        **whose, kind=SupervisionKind.values[taken], starts_on=today - timedelta(days=60)
    )
    home.objects["agreed_id"] = home.objects["own_agreed_id"] = agreed
    home.objects["agenda_item_id"] = AgendaItem.objects.create(
        agreement=agreed, raised_by=home.worker, text=f"To raise {home.name}"
    )
    session = SupervisionSession.objects.create(**whose, held_on=today - timedelta(days=3))
    home.objects["session_id"] = session
    SupervisionNote.objects.create(session=session, text=f"Between us {home.name}")
    home.objects["planned_id"] = PlannedSupervision.objects.create(
        **whose,
        starts_at=timezone.now() + timedelta(days=20),  # no day of a visit
    )
    home.objects["decision_id"] = CaseDecision.objects.create(
        session=session, family=home.family, decision=f"Decided {home.name}", owner=home.worker
    )
    FamilyDiscussion.objects.create(session=session, family=home.family)
