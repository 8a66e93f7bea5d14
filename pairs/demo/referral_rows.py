"""The first rows of a scenario: the referral, each step of triage, and the family made of it."""

from typing import Any
from uuid import UUID, uuid5

from pairs.demo.calendar import to_local_date
from pairs.demo.people_rows import (
    build_address_values,
    build_asker_values,
    build_caregiver_values,
    build_infant_values,
    build_referred_infant_values,
    make_address_row,
    make_dyad_row,
    make_restriction_row,
)
from pairs.demo.scenarios.records import (
    Act,
    AdditionRecord,
    BabyRecord,
    CarerRecord,
    ConsultationRecord,
    FamilyScenario,
    MatchRecord,
    ReplyRecord,
    StatusRecord,
)
from pairs.demo.texts_referrals import THOUGHTS
from pairs.demo.writer import BulkWriter, make_row
from pairs.families.models import Caregiver, Family, Infant
from pairs.families.phones import list_phone_keys
from referrals.actions.consultation_from_referral import ASKER_FIELDS
from referrals.actions.status_changes import REPLY_SUBJECTS
from referrals.bank_holidays import ENGLAND
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
from referrals.rules.choices import (
    DECIDED_STATUSES,
    ConsultationOutcome,
    ConsultationRoute,
    ConsultationStatus,
    MatchResult,
    ReferralResponse,
    ReferralState,
)
from referrals.rules.reading_deadline import NoticeRole, get_reading_deadline

STATUSES_WITH_RESPONSE = DECIDED_STATUSES - {"withdrawn"}


class ReferralRows:
    """Rows as make_referral, change_referral_status, decide_referral and register_birth would write them."""

    def __init__(self, known: Any, writer: BulkWriter, scenario: FamilyScenario) -> None:
        self.known, self.writer, self.life = known, writer, scenario

    def write(self) -> None:
        self._write_referral()
        for step in self.life.referral.steps[1:]:
            self._write_step(step)
        for added in self.life.referral.additions:
            self._write_addition(added)
        for same in self.life.same:
            self._write_match_answer(same)
        if self.life.referral.accepted:
            self._write_later_changes()

    def _write_referral(self) -> None:
        said, known = self.life.referral, self.known
        self.referral = make_row(
            Referral,
            id=said.id,
            created_at=said.act.at,
            reference=said.reference,
            site_id=known.sites[said.site],
            place_id=known.places[said.place],
            entry_point=said.entry_point,
            source_code=said.source,
            referrer_id=known.user(said.referrer),
            team_id=known.teams.get(said.referrer),
            received_at=said.act.at,
            permission=said.permission,
            permission_reason=said.permission_reason,
            noticed=said.noticed,
            parent_says=said.parent_says,
            hopes=said.hopes,
            preferred_place=said.preferred_place,
            safe_contact=said.safe_contact,
            **build_asker_values(said.asker),
            **({} if said.names_nobody else build_address_values(self.life.carers[0])),
        )
        self.writer.add(self.referral, said.act)
        for code in said.concerns:
            link = make_row(Referral.concerns.through, referral_id=said.id, concern_id=known.concerns[code])
            self.writer.add(link, said.act)
        if said.names_nobody:
            self._write_unnamed_carer()
        else:
            self._write_named_people()
        self._write_status(said.steps[0])
        self._write_reading_notice(said.act)

    def _write_reading_notice(self, act: Act) -> None:
        """By when, in working hours; and the reader heard at once."""
        self.writer.change(self.referral, act, read_by_time=get_reading_deadline(act.at, ENGLAND))
        self.writer.add(
            make_row(
                ReadingNotice,
                id=uuid5(self.referral.id, NoticeRole.READER),
                created_at=act.at,
                referral_id=self.referral.id,
                whom=NoticeRole.READER,
                at=act.at,
            ),
            act,
        )

    def _write_unnamed_carer(self) -> None:
        act, carer = self.life.referral.act, self.life.carers[0]
        row = make_row(
            ReferredCaregiver,
            id=carer.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=1,
            phone=carer.phone,
            phone_keys=list_phone_keys(carer.phone),
            main_carer=True,
        )
        self.writer.add(row, act)

    def _write_named_people(self) -> None:
        self.named_infants = [self._write_named_infant(baby) for baby in self.life.babies]
        self.named_carers = [
            self._write_named_carer(order, carer) for order, carer in enumerate(self.life.carers, 1)
        ]

    def _write_named_infant(self, baby: BabyRecord) -> ReferredInfant:
        act = self.life.referral.act
        row = make_row(
            ReferredInfant,
            id=baby.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=baby.order,
            **build_referred_infant_values(baby),
        )
        return self.writer.add(row, act)

    def _write_named_carer(self, order: int, carer: CarerRecord) -> ReferredCaregiver:
        act = self.life.referral.act
        row = make_row(
            ReferredCaregiver,
            id=carer.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=order,
            relationship=carer.relationship,
            main_carer=carer.main,
            pregnant=carer.pregnant,
            lives_with=carer.lives_with,
            address_lines=carer.lines,
            postcode=carer.postcode,
            **build_caregiver_values(carer),
        )
        return self.writer.add(row, act)

    def _write_status(self, step: StatusRecord) -> None:
        row = make_row(
            ReferralStatus,
            id=step.id,
            created_at=step.act.at,
            referral_id=self.referral.id,
            status=step.status,
            at=step.act.at,
            by_id=self.known.user(step.act.by),
            reason=step.reason,
            destination=step.destination,
        )
        self.writer.add(row, step.act)
        if step.listed is not None and self.known.destinations:
            given = self.known.destinations[step.listed % len(self.known.destinations)]
            link = make_row(
                ReferralStatus.destinations.through, referralstatus_id=step.id, destination_id=given
            )
            self.writer.add(link, step.act)
        for told in step.replies:
            self._write_reply(step, told)

    def _write_reply(self, step: StatusRecord, told: ReplyRecord) -> None:
        at, by = step.act.at, self.known.user(step.act.by)
        row = make_row(
            Reply,
            id=told.id,
            created_at=at,
            referral_id=self.referral.id,
            step_id=step.id,
            about=REPLY_SUBJECTS.get(step.status, "answer"),
            to=told.to,
            carer_id=told.carer,
            recipient=told.recipient,
            way=told.way,
            why_none=told.why_none,
            text=told.text,
            address_lines=told.address_lines,
            email=told.email,
            written_by_id=by,
            sent_at=at,
            sent_by_id=by,
        )
        self.writer.add(row, step.act)

    def _write_addition(self, added: AdditionRecord) -> None:
        row = make_row(
            Addition,
            id=added.id,
            created_at=added.act.at,
            referral_id=self.referral.id,
            text=added.text,
            by_id=self.known.user(added.act.by),
            at=added.act.at,
        )
        self.writer.add(row, added.act)

    def _write_match_answer(self, same: MatchRecord) -> None:
        row = make_row(
            MatchAnswer,
            id=same.id,
            created_at=same.act.at,
            referral_id=self.referral.id,
            named_infant_id=same.named,
            infant_id=same.infant,
            answer=MatchResult.SAME,
            at=same.act.at,
            by_id=self.known.user(same.act.by),
        )
        self.writer.add(row, same.act)

    def _write_step(self, step: StatusRecord) -> None:
        """A move, and what a decision adds to it."""
        said, act, opened_again = self.life.referral, step.act, self.referral.status in DECIDED_STATUSES
        decided_at = act.at if step.status in DECIDED_STATUSES else None
        read = self.referral.first_read_at or step.status == ReferralState.WITHDRAWN
        first = {} if read else {"first_read_at": act.at, "first_read_by_id": self.known.user(act.by)}
        self.writer.change(self.referral, act, status=step.status, decided_at=decided_at, **first)
        self._write_status(step)
        if step.status == ReferralState.ACCEPTED:
            self._write_family(act)
            taken = {"response": said.response, "thrive": said.thrive, "thrive_reason": said.thrive_reason}
            taken |= {
                "lead_id": self.known.user(said.lead),
                "first_visit_together": said.response == ReferralResponse.JOINT,
            }
            self.writer.change(self.referral, act, family_id=self.life.family, **taken)
        elif step.status in STATUSES_WITH_RESPONSE:
            advice = step.status == ReferralState.CONSULTATION
            self.writer.change(
                self.referral,
                act,
                response="consultation" if advice else "none",
                thrive=said.thrive if advice else "",
                thrive_reason=said.thrive_reason if advice else "",
            )
        if said.thought and step.status == ReferralState.CONSULTATION:
            self._write_consultation(said.thought, act)
        elif opened_again:
            self.writer.change(self.referral, act, response="")

    def _write_consultation(self, thought: ConsultationRecord, act: Act) -> None:
        """What was asked is carried over; later it is held."""
        referral, people = self.referral, [*self.named_infants, *self.named_carers]
        same = ("site_id", "place_id", "team_id", "permission", "permission_reason", *ASKER_FIELDS)
        row = make_row(
            Consultation,
            id=thought.id,
            created_at=act.at,
            reference=thought.reference,
            referral_id=referral.id,
            asked_by_id=referral.referrer_id,
            asked_at=act.at,
            came_by=ConsultationRoute.REFERRAL,
            named=True,
            who=", ".join(each.name for each in people if each.name),
            about=referral.noticed or referral.parent_says or "See the referral.",
            **{name: getattr(referral, name) for name in same},
        )
        self.writer.add(row, act)
        self._write_consultation_step(row, thought.asked, "asked", act)
        if thought.act:
            added = {
                "held_on": to_local_date(thought.act.at),
                "minutes": 50,
                "thoughts": THOUGHTS,
                "outcome": ConsultationOutcome.ADVICE,
            }
            by = self.known.user(thought.act.by)
            self.writer.change(row, thought.act, status=ConsultationStatus.HELD, clinician_id=by, **added)
            self._write_consultation_step(row, thought.held, "held", thought.act)

    def _write_consultation_step(self, row: Consultation, id: UUID, status: str, act: Act) -> None:
        by = self.known.user(act.by)
        step = make_row(
            ConsultationStep,
            id=id,
            created_at=act.at,
            consultation_id=row.id,
            status=status,
            at=act.at,
            by_id=by,
        )
        self.writer.add(step, act)

    def _write_family(self, act: Act) -> None:
        """People of their own, from those named; each infant with each carer is a dyad."""
        said, life = self.life.referral, self.life
        site, place = self.known.sites[said.site], self.known.places[said.place]
        self.family = make_row(Family, id=life.family, created_at=act.at, site_id=site, place_id=place)
        self.writer.add(self.family, act)
        for named, carer in zip(self.named_carers, life.carers, strict=True):
            self._write_caregiver(carer, act)
            self.writer.change(named, act, became_id=carer.id)
        self.infants = [self._write_infant(baby, act) for baby in life.babies]
        for named, baby in zip(self.named_infants, life.babies, strict=True):
            self.writer.change(named, act, became_id=baby.id)

    def _write_caregiver(self, carer: CarerRecord, act: Act) -> None:
        safe = self.life.referral.safe_contact if carer.main else ""
        row = make_row(
            Caregiver,
            id=carer.id,
            created_at=act.at,
            family_id=self.life.family,
            safe_contact=safe,
            **build_caregiver_values(carer),
        )
        self.writer.add(row, act)
        if carer.lines or carer.postcode:
            self.writer.add(make_address_row(self.life, carer, act), act)

    def _write_infant(self, baby: BabyRecord, act: Act) -> Infant:
        carrying = next((carer.id for carer in self.life.carers if carer.pregnant), None)
        row = make_row(
            Infant,
            id=baby.id,
            created_at=act.at,
            family_id=self.life.family,
            reference=baby.reference,
            carried_by_id=carrying,
            twin_order=baby.order,
            plurality=baby.plurality,
            pregnancy=self.life.babies[0].id,
            **build_referred_infant_values(baby),
        )
        self.writer.add(row, act)
        for carer in self.life.carers:
            self.writer.add(make_dyad_row(self.life, baby, carer, act), act)
        return row

    def _write_later_changes(self) -> None:
        """A family restricted, births registered, losses told."""
        life = self.life
        if life.restricted:
            because = life.restricted_because
            self.writer.change(self.family, life.restricted, restricted=True, restricted_because=because)
            self.writer.add(
                make_restriction_row(life, made_by=self.known.user(life.restricted.by)), life.restricted
            )
        for baby, row in zip(life.babies, self.infants, strict=True):
            if baby.birth:
                self.writer.change(row, baby.birth, **build_infant_values(baby))
            if baby.loss_told:
                self.writer.change(row, baby.loss_told, lost_on=baby.lost_on, loss=baby.loss)
