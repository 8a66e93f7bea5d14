"""From a life to rows: which versions of which records the actions would have left behind, in order."""

from dataclasses import dataclass
from uuid import UUID

from interventions.episodes.models import CareContact, Episode, Goal, InterventionUse, NotePart, Participant
from interventions.supervision.models import CaseDecision, SupervisionSession
from outcomes.models import Assessment, GoalRating
from pairs.families.models import (
    Address,
    Caregiver,
    Dyad,
    Family,
    FamilyGrant,
    Infant,
    RiskAlert,
    RiskAlertStep,
)
from referrals.models import Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from reporting.demo.calendar import LOCAL
from reporting.demo.lives import Act, Alarm, Contact, Life, Measured, Supervised, Work
from reporting.demo.places import RELEASE
from reporting.demo.prfq import MEASURE, MEASURE_VERSION, SCORING_VERSION, scores
from reporting.demo.writer import Writer

ORDER = [
    Family, Infant, Caregiver, Dyad, Address, FamilyGrant, RiskAlert, RiskAlertStep,
    Referral, Referral.concerns.through, ReferredInfant, ReferredCaregiver, ReferralStatus,
    Episode, Episode.focus.through, InterventionUse, Goal, CareContact, CareContact.interventions.through,
    Participant, NotePart, Assessment, GoalRating, SupervisionSession, CaseDecision,
]  # fmt: skip
# Infant.carried_by points at Caregiver, so carers must be there first.
ORDER.remove(Caregiver)
ORDER.insert(1, Caregiver)


@dataclass(frozen=True)
class Known:
    """What was there before: {username or code: id}."""

    users: dict[str, UUID]
    teams: dict[str, UUID | None]  # of each user
    sites: dict[str, UUID]
    places: dict[str, UUID]
    concerns: dict[str, int]
    interventions: dict[str, int]


class Rows:
    """Writes lives, one after the other."""

    def __init__(self, known: Known, writer: Writer):
        self.known, self.writer = known, writer

    def of(self, life: Life) -> None:
        """Everything about one family, in the order in which it came about."""
        referral = self._referral(life)
        accepted = life.referral.accepted
        if accepted:
            self._family(life, accepted)
        self._steps(life, referral)
        for alarm in life.alarms:
            self._alarm(life, alarm)
        for grant in life.grants:
            self._grant(life, grant)
        if life.work:
            self._work(life, life.work)

    def _user(self, name):
        return self.known.users[name] if name else None

    def _referral(self, life: Life) -> Referral:
        said, carer = life.referral, life.carers[0]
        row = Referral(
            id=said.id, created_at=said.act.at, reference=said.reference, site_id=self.known.sites[said.site],
            place_id=self.known.places[said.place], door=said.door, source_code=said.source,
            referrer_id=self._user(said.referrer), team_id=self.known.teams.get(said.referrer),
            received_at=said.act.at, permission=said.permission, permission_reason=said.permission_reason,
            noticed=said.noticed, parent_says=said.parent_says, hopes=said.hopes,
            preferred_place=said.preferred_place, safe_contact=said.safe_contact, status="received", **_where(carer),
        )  # fmt: skip
        self.writer.add(row, said.act)
        for code in said.concerns:
            link = Referral.concerns.through(referral_id=said.id, concern_id=self.known.concerns[code])
            self.writer.add(link, said.act)
        self._named = [self.writer.add(row, said.act) for row in _named(life)]
        return row

    def _steps(self, life: Life, referral: Referral) -> None:
        for step in life.referral.steps:
            row = ReferralStatus(
                id=step.id, created_at=step.act.at, referral_id=referral.id, status=step.status, at=step.act.at,
                by_id=self._user(step.act.by), reason=step.reason, destination=step.destination,
            )  # fmt: skip
            self.writer.add(row, step.act)
            if step.status != "received":
                self.writer.change(referral, step.act, status=step.status, **self._decision(life, step))

    def _decision(self, life: Life, step) -> dict:
        """What a step besides the status leaves on the referral."""
        if step.status not in ("accepted", "consultation", "not_accepted", "withdrawn"):
            return {}
        said = life.referral
        family = life.family if step.status == "accepted" else None
        return {
            "decided_at": step.act.at, "response": said.response, "thrive": said.thrive,
            "thrive_reason": said.thrive_reason, "family_id": family,
        }  # fmt: skip

    def _family(self, life: Life, act: Act) -> None:
        """Family, people, dyads and addresses, from what the referral said."""
        said, new = life.referral, self.writer.add
        family = Family(
            id=life.family, created_at=act.at, site_id=self.known.sites[said.site], place_id=self.known.places[said.place]
        )
        new(family, act)
        if life.restricted:
            self.writer.change(family, life.restricted, restricted=True, restricted_because=life.restricted_because)
        for carer in life.carers:
            new(_caregiver(life, carer, act), act)
            if carer.lines:
                new(_address(carer, act), act)
        for baby in life.babies:
            self._baby(life, baby, act)
        for named, person in zip(self._named, [*life.babies, *life.carers], strict=True):
            self.writer.change(named, act, became_id=person.id)

    def _baby(self, life: Life, baby, act: Act) -> None:
        row = self.writer.add(_infant(life, baby, act), act)
        for carer in life.carers:
            self.writer.add(_dyad(life, baby, carer, act), act)
        if baby.birth:
            self.writer.change(
                row, baby.birth, birth_date=baby.born, given_name=baby.given_name, sex=baby.sex,
                nhs_number=baby.nhs_number, nhs_number_status="02" if baby.nhs_number else "08",
            )  # fmt: skip
        if baby.loss_told:
            self.writer.change(row, baby.loss_told, lost_on=baby.lost_on, loss=baby.loss)

    def _alarm(self, life: Life, alarm: Alarm) -> None:
        raised = alarm.answers[0].act
        about = {"family_id": life.family} if life.work else {"about": life.referral.reference}
        row = RiskAlert(
            id=alarm.id, created_at=raised.at, site_id=self.known.sites[life.referral.site], what=alarm.what,
            raised_by_id=self._user(raised.by), lead_id=self._user(life.work.lead) if life.work else None, **about,
        )  # fmt: skip
        self.writer.add(row, raised)
        for answer in alarm.answers:
            step = RiskAlertStep(
                id=answer.id, created_at=answer.act.at, alert_id=alarm.id, kind=answer.kind, note=answer.note,
                by_id=self._user(answer.act.by), at=answer.act.at,
            )  # fmt: skip
            self.writer.add(step, answer.act)
            if answer.kind != "raised":
                closed = answer.act.at if answer.kind == "closed" else None
                self.writer.change(row, answer.act, seen_at=row.seen_at or answer.act.at, closed_at=closed)

    def _grant(self, life: Life, grant) -> None:
        row = FamilyGrant(
            id=grant.id, created_at=grant.act.at, family_id=life.family, user_id=self._user(grant.user),
            purpose=grant.purpose, reason=grant.reason, granted_by_id=self._user(grant.act.by),
        )  # fmt: skip
        self.writer.add(row, grant.act)

    def _work(self, life: Life, work: Work) -> None:
        episode = Episode(
            id=work.id, created_at=work.act.at, family_id=life.family, referral_id=life.referral.id,
            site_id=self.known.sites[life.referral.site], lead_id=self._user(work.lead), opened_on=work.opened_on,
            thrive=work.thrive,
        )  # fmt: skip
        self.writer.add(episode, work.act)
        for dyad in work.focus:
            self.writer.add(Episode.focus.through(episode_id=work.id, dyad_id=dyad), work.act)
        uses = [self._use(work, *use) for use in work.uses]
        for contact in work.contacts:
            self._contact(work, contact)
        for measured in work.measures:
            self._measured(work, measured)
        for hope in work.goals:
            self._goal(work, hope)
        if work.ending:
            self._end(episode, uses, work)

    def _use(self, work: Work, id, code, day):
        row = InterventionUse(
            id=id, created_at=work.act.at, episode_id=work.id, intervention_id=self.known.interventions[code], started_on=day
        )
        return self.writer.add(row, work.act)

    def _end(self, episode, uses, work: Work) -> None:
        ending = work.ending
        for use in uses:
            self.writer.change(use, ending.act, ended_on=ending.on)
        self.writer.change(
            episode, ending.act, ended_on=ending.on, ending_reason=ending.reason, ending_summary=ending.summary,
            held_next_by=ending.next_holder,
        )  # fmt: skip

    def _contact(self, work: Work, contact: Contact) -> None:
        act, by = contact.act, self._user(contact.act.by)
        signed = act.at if contact.signed else None
        row = CareContact(
            id=contact.id, created_at=act.at, episode_id=work.id, starts_at=contact.starts_at, minutes=contact.minutes,
            mechanism=contact.mechanism, location=contact.location, practitioner_id=by, signed_at=signed,
        )  # fmt: skip
        self.writer.add(row, act)
        for code in contact.uses:
            way = self.known.interventions[code]
            self.writer.add(CareContact.interventions.through(carecontact_id=contact.id, intervention_id=way), act)
        for id, kind, person, attendance in contact.came:
            came = Participant(
                id=id, created_at=act.at, care_contact_id=contact.id, attendance=attendance, **{f"{kind}_id": person}
            )
            self.writer.add(came, act)
        for part in contact.parts:
            about = {f"{part.subject}_id": part.of} if part.of else {}
            note = NotePart(
                id=part.id, created_at=act.at, care_contact_id=contact.id, part=part.part, subject=part.subject,
                text=part.text, written_by_id=by, signed_at=signed, **about,
            )  # fmt: skip
            self.writer.add(note, act)

    def _measured(self, work: Work, measured: Measured) -> None:
        row = Assessment(
            id=measured.id, created_at=measured.act.at, episode_id=work.id, dyad_id=measured.dyad, measure=MEASURE,
            measure_version=MEASURE_VERSION, timepoint=measured.timepoint, rater_id=measured.rater,
            completed_on=measured.on, declined=measured.declined, responses=measured.responses,
            scores=scores(measured.responses) if not measured.declined else {}, scoring_version=SCORING_VERSION,
            recorded_by_id=self._user(measured.act.by),
        )  # fmt: skip
        self.writer.add(row, measured.act)

    def _goal(self, work: Work, hope) -> None:
        row = Goal(
            id=hope.id, created_at=hope.act.at, episode_id=work.id, dyad_id=hope.dyad, words=hope.words,
            set_on=hope.act.at.astimezone(LOCAL).date(),
        )  # fmt: skip
        self.writer.add(row, hope.act)
        for rated in hope.ratings:
            rating = GoalRating(
                id=rated.id, created_at=rated.act.at, goal_id=hope.id, timepoint=rated.timepoint, score=rated.score,
                rated_on=rated.on, rater_id=rated.rater, recorded_by_id=self._user(rated.act.by),
            )  # fmt: skip
            self.writer.add(rating, rated.act)

    def supervision(self, held: Supervised) -> None:
        """A session, and what it decided about families."""
        session = SupervisionSession(
            id=held.id, created_at=held.act.at, site_id=self.known.sites[held.site],
            supervisor_id=self._user(held.act.by), supervisee_id=self._user(held.supervisee), kind=held.kind,
            held_on=held.on, minutes=held.minutes, note=held.note,
        )  # fmt: skip
        self.writer.add(session, held.act)
        for id, family, words, do_by in held.decisions:
            row = CaseDecision(
                id=id, created_at=held.act.at, session_id=held.id, family_id=family, decision=words, do_by=do_by,
                owner_id=self._user(held.supervisee),
            )  # fmt: skip
            self.writer.add(row, held.act)


def _where(carer) -> dict:
    """Where the main carer lives, as looked up on the day."""
    version = str(RELEASE) if carer.decile else ""
    return {"lsoa_code": carer.lsoa_code, "imd_decile": carer.decile, "imd_version": version}


def _named(life: Life) -> list:
    said, rows = life.referral, []
    shared = {"referral_id": said.id, "created_at": said.act.at}
    for baby in life.babies:
        here = baby.born_at_referral
        row = ReferredInfant(
            **shared, id=baby.named_id, estimated_due_date=baby.due, birth_date=baby.born if here else None,
            given_name=baby.given_name if here else "", family_name=baby.family_name, sex=baby.sex if here else "",
            nhs_number=baby.nhs_number if here else None, ethnicity=baby.ethnicity, order=baby.order,
            nhs_number_status=_status(baby.nhs_number if here else None),
        )  # fmt: skip
        rows.append(row)
    for order, carer in enumerate(life.carers, 1):
        row = ReferredCaregiver(
            **shared, id=carer.named_id, order=order, relationship=carer.relationship, main_carer=carer.main,
            pregnant=carer.pregnant, lives_with=carer.lives_with, address_lines=carer.lines, postcode=carer.postcode,
            **_person(carer),
        )  # fmt: skip
        rows.append(row)
    return rows


def _status(number: str | None) -> str:
    return "02" if number else "03"


def _person(carer) -> dict:
    return {
        "given_name": carer.given_name, "family_name": carer.family_name, "nhs_number": carer.nhs_number,
        "nhs_number_status": _status(carer.nhs_number), "ethnicity": carer.ethnicity, "birth_date": carer.birth_date,
        "phone": carer.phone, "email": carer.email, "language": carer.language, "needs_interpreter": carer.interpreter,
    }  # fmt: skip


def _caregiver(life: Life, carer, act: Act) -> Caregiver:
    contact = life.referral.safe_contact if carer.main else ""
    return Caregiver(id=carer.id, created_at=act.at, family_id=life.family, safe_contact=contact, **_person(carer))


def _address(carer, act: Act) -> Address:
    looked_up = act.at.astimezone(LOCAL).date() if carer.decile else None
    return Address(
        id=carer.address_id, created_at=act.at, caregiver_id=carer.id, lines=carer.lines, postcode=carer.postcode,
        looked_up_on=looked_up, **_where(carer),
    )  # fmt: skip


def _infant(life: Life, baby, act: Act) -> Infant:
    here = baby.born_at_referral
    carrier = next((carer.id for carer in life.carers if carer.pregnant), None)
    return Infant(
        id=baby.id, created_at=act.at, family_id=life.family, reference=baby.reference, estimated_due_date=baby.due,
        birth_date=baby.born if here else None, given_name=baby.given_name if here else "",
        family_name=baby.family_name, sex=baby.sex if here else "", nhs_number=baby.nhs_number if here else None,
        nhs_number_status=_status(baby.nhs_number if here else None), ethnicity=baby.ethnicity,
        carried_by_id=carrier, twin_order=baby.order, plurality=baby.plurality,
    )  # fmt: skip


def _dyad(life: Life, baby, carer, act: Act) -> Dyad:
    return Dyad(
        id=carer.dyad_ids[baby.id], created_at=act.at, family_id=life.family, infant_id=baby.id,
        caregiver_id=carer.id, relationship=carer.relationship, main_carer=carer.main, lives_with=carer.lives_with,
    )  # fmt: skip
