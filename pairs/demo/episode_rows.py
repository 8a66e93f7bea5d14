"""The episode rows of a scenario: contacts and notes, measures, goals and ending."""

from typing import Any
from uuid import UUID

from interventions.episodes.contact_rules import CountersigningState, compute_infant_presence
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
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.scoring import SCORING_VERSION, score_measure
from pairs.demo.calendar import to_local_date
from pairs.demo.scenarios.records import (
    ContactRecord,
    CountersignRecord,
    EpisodeRecord,
    FamilyScenario,
    GoalRecord,
    MeasureRecord,
    NotePartRecord,
    RatingRecord,
)
from pairs.demo.writer import BulkWriter, make_row
from pairs.matching.rules.kinds import PersonKind


class EpisodeRows:
    """What open_episode, record_care_contact, record_assessment, set_goal, rate_goal and end_episode leave behind."""

    def __init__(self, known: Any, writer: BulkWriter, scenario: FamilyScenario, work: EpisodeRecord) -> None:
        self.known, self.writer, self.life, self.work = known, writer, scenario, work

    def write(self) -> None:
        self._write_episode()
        for contact in [*self.work.contacts, *self.work.asides]:
            self._write_contact(contact)
        for measured in self.work.measures:
            self._write_assessment(measured)
        for hope in self.work.goals:
            self._write_goal(hope)
        if self.work.agreed:
            self.writer.change(self.episode, self.work.agreed.act, plan_agreed_on=self.work.agreed.on)
        if self.work.ending:
            self._write_ending()

    def _write_episode(self) -> None:
        work = self.work
        self.episode = make_row(
            Episode,
            id=work.id,
            created_at=work.act.at,
            family_id=self.life.family,
            referral_id=self.life.referral.id,
            site_id=self.known.sites[self.life.referral.site],
            lead_id=self.known.user(work.lead),
            opened_on=work.opened_on,
            thrive=work.thrive,
        )
        self.writer.add(self.episode, work.act)
        for dyad in work.focus:
            self.writer.add(make_row(Episode.focus.through, episode_id=work.id, dyad_id=dyad), work.act)
        self.uses = [self._write_intervention_use(id, code) for id, code in work.uses]

    def _write_intervention_use(self, id: UUID, code: str) -> InterventionUse:
        row = make_row(
            InterventionUse,
            id=id,
            created_at=self.work.act.at,
            episode_id=self.work.id,
            intervention_id=self.known.interventions[code],
            started_on=self.work.opened_on,
        )
        return self.writer.add(row, self.work.act)

    def _write_contact(self, contact: ContactRecord) -> None:
        act = contact.act
        row = make_row(
            CareContact,
            id=contact.id,
            created_at=act.at,
            episode_id=self.work.id,
            kind=contact.kind,
            starts_at=contact.starts_at,
            minutes=contact.minutes,
            mechanism=contact.mechanism,
            location=contact.location,
            practitioner_id=self.known.user(act.by),
            **self._get_signature_values(contact),
        )
        self.writer.add(row, act)
        for code in contact.uses:
            link = {"carecontact_id": contact.id, "intervention_id": self.known.interventions[code]}
            self.writer.add(make_row(CareContact.interventions.through, **link), act)
        for id, kind, person, attendance in contact.came:
            about = {f"{kind}_id": person, "care_contact_id": contact.id}
            about |= self._get_infant_values(contact, attendance) if kind == PersonKind.INFANT else {}
            self.writer.add(
                make_row(Participant, id=id, created_at=act.at, attendance=attendance, **about), act
            )
        for id, name, role, organisation in contact.others:
            who = {"name": name, "role": role, "organisation": organisation}
            self.writer.add(
                make_row(ContactColleague, id=id, created_at=act.at, care_contact_id=contact.id, **who), act
            )
        for part in contact.parts:
            self._write_note_part(contact, part)
        if contact.countersigned:
            self._write_countersigning(row, contact.countersigned)

    def _get_signature_values(self, contact: ContactRecord) -> dict[str, object]:
        """What is signed at once is written signed."""
        if not contact.signed:
            return {}
        return {"signed_at": contact.act.at, "countersigning": contact.countersigning}

    def _get_infant_values(self, contact: ContactRecord, attendance: str) -> dict[str, bool]:
        """Who comes is born and known by then."""
        return vars(compute_infant_presence(attendance=attendance, mechanism=contact.mechanism, born=True))

    def _write_countersigning(self, row: CareContact, done: CountersignRecord) -> None:
        self.writer.change(row, done.act, countersigning=CountersigningState.DONE)
        step = make_row(
            CountersignStep,
            id=done.id,
            created_at=done.act.at,
            care_contact_id=row.pk,
            status=CountersigningState.DONE,
            by_id=self.known.user(done.act.by),
        )
        self.writer.add(step, done.act)

    def _write_note_part(self, contact: ContactRecord, part: NotePartRecord) -> None:
        about = {f"{part.subject}_id": part.of} if part.of else {}
        row = make_row(
            NotePart,
            id=part.id,
            created_at=contact.act.at,
            care_contact_id=contact.id,
            part=part.part,
            subject=part.subject,
            text=part.text,
            written_by_id=self.known.user(contact.act.by),
            signed_at=contact.act.at if contact.signed else None,
            **about,
        )
        self.writer.add(row, contact.act)

    def _write_assessment(self, measured: MeasureRecord) -> None:
        sheet = get_catalogue()[measured.measure]
        given = {int(item): value for item, value in measured.responses.items()}
        row = make_row(
            Assessment,
            id=measured.id,
            created_at=measured.act.at,
            episode_id=self.work.id,
            dyad_id=measured.dyad,
            measure=measured.measure,
            measure_version=sheet.version,
            timepoint=measured.timepoint,
            rater_id=measured.rater,
            rated_by_staff_id=None if measured.rater else self.known.user(measured.act.by),
            rater_role=measured.role,
            reliability=measured.reliability,
            completed_on=measured.on,
            way=measured.way,
            declined=measured.declined,
            declined_why=measured.why,
            responses=measured.responses,
            typed=measured.typed,
            scores={} if measured.declined else score_measure(sheet, given, measured.typed),
            scoring_version=SCORING_VERSION,
            recorded_by_id=self.known.user(measured.act.by),
        )
        self.writer.add(row, measured.act)

    def _write_goal(self, hope: GoalRecord) -> None:
        row = make_row(
            Goal,
            id=hope.id,
            created_at=hope.act.at,
            episode_id=self.work.id,
            dyad_id=hope.dyad,
            words=hope.words,
            set_on=to_local_date(hope.act.at),
        )
        self.writer.add(row, hope.act)
        for rated in hope.ratings:
            self._write_goal_rating(hope, rated)

    def _write_goal_rating(self, hope: GoalRecord, rated: RatingRecord) -> None:
        row = make_row(
            GoalRating,
            id=rated.id,
            created_at=rated.act.at,
            goal_id=hope.id,
            timepoint=rated.timepoint,
            score=rated.score,
            rated_on=rated.on,
            rater_id=rated.rater,
            recorded_by_id=self.known.user(rated.act.by),
        )
        self.writer.add(row, rated.act)

    def _write_ending(self) -> None:
        ending = self.work.ending
        self.writer.change(
            self.episode,
            ending.act,
            ended_on=ending.on,
            ending_reason=ending.reason,
            ending_summary=ending.summary,
            held_next_by=ending.next_holder,
        )
        for use in self.uses:
            self.writer.change(use, ending.act, ended_on=ending.on)
