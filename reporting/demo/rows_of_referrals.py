"""A life's first rows: the referral as it was said, each step of triage, and the family made of it."""

from uuid import UUID, uuid5

from pairs.families.models import Caregiver, Family, Infant
from referrals.actions.moves import ABOUT
from referrals.actions.thinking_together import ASKERS
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
from referrals.rules.reading import READER, read_by
from referrals.rules.words import DECIDED
from reporting.demo.calendar import day_of
from reporting.demo.lives import Act, Added, Baby, Carer, Life, Same, Step, Thought, Told
from reporting.demo.rows_of_people import (
    address_row,
    address_values,
    asker_values,
    caregiver_values,
    dyad_row,
    infant_values,
    referred_infant_values,
)
from reporting.demo.words_of_referral import THOUGHTS
from reporting.demo.writer import Writer, new_row

WITH_RESPONSE = DECIDED - {"withdrawn"}


class ReferralRows:
    """What make_referral, move_referral, decide_referral and register_birth leave behind."""

    def __init__(self, known, writer: Writer, life: Life):
        self.known, self.writer, self.life = known, writer, life

    def write(self) -> None:
        self._said()
        for step in self.life.referral.steps[1:]:
            self._step(step)
        for added in self.life.referral.additions:
            self._addition(added)
        for same in self.life.same:
            self._same(same)
        if self.life.referral.accepted:
            self._later()

    def _said(self) -> None:
        said, known = self.life.referral, self.known
        self.referral = new_row(
            Referral,
            id=said.id,
            created_at=said.act.at,
            reference=said.reference,
            site_id=known.sites[said.site],
            place_id=known.places[said.place],
            door=said.door,
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
            **asker_values(said.asker),
            **({} if said.names_nobody else address_values(self.life.carers[0])),
        )
        self.writer.add(self.referral, said.act)
        for code in said.concerns:
            link = new_row(Referral.concerns.through, referral_id=said.id, concern_id=known.concerns[code])
            self.writer.add(link, said.act)
        if said.names_nobody:
            self._named_by_phone_alone()
        else:
            self._name_people()
        self._status(said.steps[0])
        self._to_be_read(said.act)

    def _to_be_read(self, act: Act) -> None:
        """By when, in working hours; and the reader heard at once."""
        self.writer.change(self.referral, act, read_by_time=read_by(act.at, ENGLAND))
        self.writer.add(
            new_row(
                ReadingNotice,
                id=uuid5(self.referral.id, READER),
                created_at=act.at,
                referral_id=self.referral.id,
                whom=READER,
                at=act.at,
            ),
            act,
        )

    def _named_by_phone_alone(self) -> None:
        act, carer = self.life.referral.act, self.life.carers[0]
        row = new_row(
            ReferredCaregiver,
            id=carer.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=1,
            phone=carer.phone,
            main_carer=True,
        )
        self.writer.add(row, act)

    def _name_people(self) -> None:
        self.named_infants = [self._named_infant(baby) for baby in self.life.babies]
        self.named_carers = [
            self._named_carer(order, carer) for order, carer in enumerate(self.life.carers, 1)
        ]

    def _named_infant(self, baby: Baby) -> ReferredInfant:
        act = self.life.referral.act
        row = new_row(
            ReferredInfant,
            id=baby.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=baby.order,
            **referred_infant_values(baby),
        )
        return self.writer.add(row, act)

    def _named_carer(self, order: int, carer: Carer) -> ReferredCaregiver:
        act = self.life.referral.act
        row = new_row(
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
            **caregiver_values(carer),
        )
        return self.writer.add(row, act)

    def _status(self, step: Step) -> None:
        row = new_row(
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
            link = new_row(
                ReferralStatus.destinations.through, referralstatus_id=step.id, destination_id=given
            )
            self.writer.add(link, step.act)
        for told in step.replies:
            self._reply(step, told)

    def _reply(self, step: Step, told: Told) -> None:
        at, by = step.act.at, self.known.user(step.act.by)
        row = new_row(
            Reply,
            id=told.id,
            created_at=at,
            referral_id=self.referral.id,
            step_id=step.id,
            about=ABOUT.get(step.status, "answer"),
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

    def _addition(self, added: Added) -> None:
        row = new_row(
            Addition,
            id=added.id,
            created_at=added.act.at,
            referral_id=self.referral.id,
            text=added.text,
            by_id=self.known.user(added.act.by),
            at=added.act.at,
        )
        self.writer.add(row, added.act)

    def _same(self, same: Same) -> None:
        row = new_row(
            MatchAnswer,
            id=same.id,
            created_at=same.act.at,
            referral_id=self.referral.id,
            named_infant_id=same.named,
            infant_id=same.infant,
            answer="same",
            at=same.act.at,
            by_id=self.known.user(same.act.by),
        )
        self.writer.add(row, same.act)

    def _step(self, step: Step) -> None:
        """A move, and what a decision adds to it."""
        said, act, opened_again = self.life.referral, step.act, self.referral.status in DECIDED
        decided_at = act.at if step.status in DECIDED else None
        read = self.referral.first_read_at or step.status == "withdrawn"
        first = {} if read else {"first_read_at": act.at, "first_read_by_id": self.known.user(act.by)}
        self.writer.change(self.referral, act, status=step.status, decided_at=decided_at, **first)
        self._status(step)
        if step.status == "accepted":
            self._take_in(act)
            taken = {"response": said.response, "thrive": said.thrive, "thrive_reason": said.thrive_reason}
            taken |= {"lead_id": self.known.user(said.lead), "first_visit_together": said.response == "joint"}
            self.writer.change(self.referral, act, family_id=self.life.family, **taken)
        elif step.status in WITH_RESPONSE:
            advice = step.status == "consultation"
            self.writer.change(
                self.referral,
                act,
                response="consultation" if advice else "none",
                thrive=said.thrive if advice else "",
                thrive_reason=said.thrive_reason if advice else "",
            )
        if said.thought and step.status == "consultation":
            self._think_together(said.thought, act)
        elif opened_again:
            self.writer.change(self.referral, act, response="")

    def _think_together(self, thought: Thought, act: Act) -> None:
        """What was asked is carried over; later it is held."""
        referral, people = self.referral, [*self.named_infants, *self.named_carers]
        same = ("site_id", "place_id", "team_id", "permission", "permission_reason", *ASKERS)
        row = new_row(
            Consultation,
            id=thought.id,
            created_at=act.at,
            reference=thought.reference,
            referral_id=referral.id,
            asked_by_id=referral.referrer_id,
            asked_at=act.at,
            named=True,
            who=", ".join(each.name for each in people if each.name),
            about=referral.noticed or referral.parent_says or "See the referral.",
            **{name: getattr(referral, name) for name in same},
        )
        self.writer.add(row, act)
        self._step_of(row, thought.asked, "asked", act)
        if thought.act:
            added = {
                "held_on": day_of(thought.act.at),
                "minutes": 50,
                "thoughts": THOUGHTS,
                "outcome": "advice",
            }
            by = self.known.user(thought.act.by)
            self.writer.change(row, thought.act, status="held", clinician_id=by, **added)
            self._step_of(row, thought.held, "held", thought.act)

    def _step_of(self, row: Consultation, id: UUID, status: str, act: Act) -> None:
        by = self.known.user(act.by)
        step = new_row(
            ConsultationStep,
            id=id,
            created_at=act.at,
            consultation_id=row.id,
            status=status,
            at=act.at,
            by_id=by,
        )
        self.writer.add(step, act)

    def _take_in(self, act: Act) -> None:
        """People of their own, from those named; each infant with each carer is a dyad."""
        said, life = self.life.referral, self.life
        site, place = self.known.sites[said.site], self.known.places[said.place]
        self.family = new_row(Family, id=life.family, created_at=act.at, site_id=site, place_id=place)
        self.writer.add(self.family, act)
        for named, carer in zip(self.named_carers, life.carers, strict=True):
            self._carer(carer, act)
            self.writer.change(named, act, became_id=carer.id)
        self.infants = [self._infant(baby, act) for baby in life.babies]
        for named, baby in zip(self.named_infants, life.babies, strict=True):
            self.writer.change(named, act, became_id=baby.id)

    def _carer(self, carer: Carer, act: Act) -> None:
        safe = self.life.referral.safe_contact if carer.main else ""
        row = new_row(
            Caregiver,
            id=carer.id,
            created_at=act.at,
            family_id=self.life.family,
            safe_contact=safe,
            **caregiver_values(carer),
        )
        self.writer.add(row, act)
        if carer.lines or carer.postcode:
            self.writer.add(address_row(self.life, carer, act), act)

    def _infant(self, baby: Baby, act: Act) -> Infant:
        carrying = next((carer.id for carer in self.life.carers if carer.pregnant), None)
        row = new_row(
            Infant,
            id=baby.id,
            created_at=act.at,
            family_id=self.life.family,
            reference=baby.reference,
            carried_by_id=carrying,
            twin_order=baby.order,
            plurality=baby.plurality,
            pregnancy=self.life.babies[0].id,
            **referred_infant_values(baby),
        )
        self.writer.add(row, act)
        for carer in self.life.carers:
            self.writer.add(dyad_row(self.life, baby, carer, act), act)
        return row

    def _later(self) -> None:
        """A family restricted, births registered, losses told."""
        life = self.life
        if life.restricted:
            because = life.restricted_because
            self.writer.change(self.family, life.restricted, restricted=True, restricted_because=because)
        for baby, row in zip(life.babies, self.infants, strict=True):
            if baby.birth:
                self.writer.change(row, baby.birth, **infant_values(baby))
            if baby.loss_told:
                self.writer.change(row, baby.loss_told, lost_on=baby.lost_on, loss=baby.loss)
