"""Converts a family scenario to the record versions that the apps' actions would have written."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    CountersignStep,
    Episode,
    Goal,
    InterventionUse,
    NotePart,
    Participant,
)
from interventions.supervision.models import CaseDecision, SupervisionNote, SupervisionSession
from outcomes.models import Assessment, GoalRating
from pairs.demo.episode_rows import EpisodeRows
from pairs.demo.referral_rows import ReferralRows
from pairs.demo.scenarios.records import (
    Act,
    AlertRecord,
    AlertStepRecord,
    FamilyScenario,
    GrantRecord,
    SupervisionRecord,
)
from pairs.demo.writer import BulkWriter, make_row
from pairs.families.choices import AlertStepKind
from pairs.families.models import (
    Address,
    Caregiver,
    Dyad,
    Family,
    FamilyGrant,
    FamilyMove,
    FamilyPermission,
    Infant,
    RiskAlert,
    RiskAlertStep,
)
from pairs.restrictions.models import FamilyRestriction
from pairs.service.roles import get_purpose_permissions
from referrals.models import (
    Addition,
    Consultation,
    ConsultationStep,
    MatchAnswer,
    ReadingNotice,
    Referral,
    ReferralStatus,
    ReferredCaregiver,
    ReferredInfant,
    Reply,
)

# Those that others point at come first.
WRITE_ORDER = [
    Family,
    Caregiver,
    Infant,
    Dyad,
    Address,
    FamilyGrant,
    FamilyPermission,
    FamilyMove,
    FamilyRestriction,
    RiskAlert,
    RiskAlertStep,
    Referral,
    Referral.concerns.through,
    ReferredInfant,
    ReferredCaregiver,
    ReferralStatus,
    ReferralStatus.destinations.through,
    Reply,
    Addition,
    MatchAnswer,
    ReadingNotice,
    Consultation,
    ConsultationStep,
    Episode,
    Episode.focus.through,
    InterventionUse,
    Goal,
    CareContact,
    CareContact.interventions.through,
    Participant,
    ContactColleague,
    NotePart,
    CountersignStep,
    Assessment,
    GoalRating,
    SupervisionSession,
    SupervisionNote,
    CaseDecision,
]
# Nine in ten rows are in these.
LARGE_TABLES = {CareContact, CareContact.interventions.through, Participant, NotePart}


@dataclass(frozen=True)
class ReferenceIds:
    """What was there before: {username or code: id}."""

    users: dict[str, UUID]
    teams: dict[str, UUID | None]  # of each user
    sites: dict[str, UUID]
    places: dict[str, UUID]
    concerns: dict[str, int]
    interventions: dict[str, int]
    permissions: dict[str, int]  # on a family
    destinations: list[UUID]  # of the signposting directory, in the order of their names

    def user(self, name: str | None) -> UUID | None:
        return self.users[name] if name else None


class ScenarioRows:
    """Writes family scenarios, one after the other."""

    def __init__(self, ids: ReferenceIds, writer: BulkWriter) -> None:
        self.known, self.writer = ids, writer

    def of(self, scenario: FamilyScenario) -> None:
        """Everything about one family."""
        ReferralRows(self.known, self.writer, scenario).write()
        for alarm in scenario.alarms:
            self._write_alert(scenario, alarm)
        for grant in scenario.grants:
            self._write_grant(scenario, grant)
        if scenario.work:
            EpisodeRows(self.known, self.writer, scenario, scenario.work).write()

    def _write_alert(self, scenario: FamilyScenario, alarm: AlertRecord) -> None:
        raised = alarm.answers[0].act
        row = make_row(
            RiskAlert,
            id=alarm.id,
            created_at=raised.at,
            site_id=self.known.sites[scenario.referral.site],
            family_id=scenario.family if scenario.work else None,
            about="" if scenario.work else scenario.referral.reference,
            what=alarm.what,
            raised_by_id=self.known.user(raised.by),
            lead_id=self.known.user(scenario.work.lead) if scenario.work else None,
        )
        self.writer.add(row, raised)
        for answer in alarm.answers:
            self._write_alert_step(row, answer)

    def _write_alert_step(self, alert: RiskAlert, answer: AlertStepRecord) -> None:
        at = answer.act.at
        row = make_row(
            RiskAlertStep,
            id=answer.id,
            created_at=at,
            alert_id=alert.id,
            kind=answer.kind,
            note=answer.note,
            by_id=self.known.user(answer.act.by),
            at=at,
        )
        self.writer.add(row, answer.act)
        if answer.kind != AlertStepKind.RAISED:
            closed = at if answer.kind == AlertStepKind.CLOSED else None
            self.writer.change(alert, answer.act, seen_at=alert.seen_at or at, closed_at=closed)

    def _write_grant(self, scenario: FamilyScenario, grant: GrantRecord) -> None:
        row = make_row(
            FamilyGrant,
            id=grant.id,
            created_at=grant.act.at,
            family_id=scenario.family,
            user_id=self.known.user(grant.user),
            purpose=grant.purpose,
            reason=grant.reason,
            granted_by_id=self.known.user(grant.act.by),
        )
        self.writer.add(row, grant.act)
        for name in sorted(get_purpose_permissions(grant.purpose)):
            self._write_permission(row, name, grant.act)

    def _write_permission(self, grant: FamilyGrant, name: str, act: Act) -> None:
        row = make_row(
            FamilyPermission,
            id=uuid5(grant.pk, name),
            grant_id=grant.pk,
            permission_id=self.known.permissions[name],
            user_id=grant.user_id,
            content_object_id=grant.family_id,
        )
        self.writer.add(row, act)

    def supervision(self, held: SupervisionRecord) -> None:
        """A session, and what it decided about families."""
        session = make_row(
            SupervisionSession,
            id=held.id,
            created_at=held.act.at,
            site_id=self.known.sites[held.site],
            supervisor_id=self.known.user(held.act.by),
            supervisee_id=self.known.user(held.supervisee),
            kind=held.kind,
            held_on=held.on,
            minutes=held.minutes,
        )
        self.writer.add(session, held.act)
        note = make_row(
            SupervisionNote,
            id=held.note_id,
            created_at=held.act.at,
            session_id=held.id,
            text=held.note,
        )
        self.writer.add(note, held.act)
        for decided in held.decisions:
            row = make_row(
                CaseDecision,
                id=decided.id,
                created_at=held.act.at,
                session_id=held.id,
                family_id=decided.family,
                decision=decided.words,
                do_by=decided.do_by,
                owner_id=self.known.user(held.supervisee),
            )
            self.writer.add(row, held.act)
            if decided.done:
                self.writer.change(row, decided.done, done_at=decided.done.at)
