"""A life's first rows: the referral as it was said, each step of triage, and the family made of it."""

from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from referrals.models import Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from referrals.rules.words import DECIDED
from reporting.demo.calendar import day_of
from reporting.demo.lives import Act, Baby, Carer, Life, Step
from reporting.demo.places import RELEASE
from reporting.demo.writer import Writer

WITH_RESPONSE = DECIDED - {"withdrawn"}


class ReferralRows:
    """What make_referral, move_referral, decide_referral and register_birth leave behind."""

    def __init__(self, known, writer: Writer, life: Life):
        self.known, self.writer, self.life = known, writer, life

    def write(self) -> None:
        self._said()
        for step in self.life.referral.steps[1:]:
            self._step(step)
        if self.life.referral.accepted:
            self._later()

    def _said(self) -> None:
        said, known = self.life.referral, self.known
        self.referral = Referral(
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
            **_where(self.life.carers[0]),
        )
        self.writer.add(self.referral, said.act)
        for code in said.concerns:
            link = Referral.concerns.through(referral_id=said.id, concern_id=known.concerns[code])
            self.writer.add(link, said.act)
        self.named_infants = [self._named_infant(baby) for baby in self.life.babies]
        self.named_carers = [
            self._named_carer(order, carer) for order, carer in enumerate(self.life.carers, 1)
        ]
        self._status(said.steps[0])

    def _named_infant(self, baby: Baby) -> ReferredInfant:
        act = self.life.referral.act
        row = ReferredInfant(
            id=baby.named_id,
            created_at=act.at,
            referral_id=self.referral.id,
            order=baby.order,
            **_as_referred(baby),
        )
        return self.writer.add(row, act)

    def _named_carer(self, order: int, carer: Carer) -> ReferredCaregiver:
        act = self.life.referral.act
        row = ReferredCaregiver(
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
            **_person(carer),
        )
        return self.writer.add(row, act)

    def _status(self, step: Step) -> None:
        row = ReferralStatus(
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

    def _step(self, step: Step) -> None:
        """A move, and what a decision adds to it."""
        said, act = self.life.referral, step.act
        decided_at = act.at if step.status in DECIDED else None
        self.writer.change(self.referral, act, status=step.status, decided_at=decided_at)
        self._status(step)
        if step.status == "accepted":
            self._take_in(act)
            taken = {"response": said.response, "thrive": said.thrive, "thrive_reason": said.thrive_reason}
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

    def _take_in(self, act: Act) -> None:
        """People of their own, from those named; each infant with each carer is a dyad."""
        said, life = self.life.referral, self.life
        site, place = self.known.sites[said.site], self.known.places[said.place]
        self.family = Family(id=life.family, created_at=act.at, site_id=site, place_id=place)
        self.writer.add(self.family, act)
        for named, carer in zip(self.named_carers, life.carers, strict=True):
            self._carer(carer, act)
            self.writer.change(named, act, became_id=carer.id)
        self.infants = [self._infant(baby, act) for baby in life.babies]
        for named, baby in zip(self.named_infants, life.babies, strict=True):
            self.writer.change(named, act, became_id=baby.id)

    def _carer(self, carer: Carer, act: Act) -> None:
        safe = self.life.referral.safe_contact if carer.main else ""
        row = Caregiver(
            id=carer.id, created_at=act.at, family_id=self.life.family, safe_contact=safe, **_person(carer)
        )
        self.writer.add(row, act)
        if carer.lines or carer.postcode:
            self.writer.add(_address(self.life, carer, act), act)

    def _infant(self, baby: Baby, act: Act) -> Infant:
        carrying = next((carer.id for carer in self.life.carers if carer.pregnant), None)
        row = Infant(
            id=baby.id,
            created_at=act.at,
            family_id=self.life.family,
            reference=baby.reference,
            carried_by_id=carrying,
            twin_order=baby.order,
            plurality=baby.plurality,
            pregnancy=self.life.babies[0].id,
            **_as_referred(baby),
        )
        self.writer.add(row, act)
        for carer in self.life.carers:
            self.writer.add(_dyad(self.life, baby, carer, act), act)
        return row

    def _later(self) -> None:
        """A family restricted, births registered, losses told."""
        life = self.life
        if life.restricted:
            because = life.restricted_because
            self.writer.change(self.family, life.restricted, restricted=True, restricted_because=because)
        for baby, row in zip(life.babies, self.infants, strict=True):
            if baby.birth:
                self.writer.change(row, baby.birth, **_born(baby))
            if baby.loss_told:
                self.writer.change(row, baby.loss_told, lost_on=baby.lost_on, loss=baby.loss)


def _where(carer: Carer) -> dict:
    """Where a carer lives, as looked up on the day."""
    version = str(RELEASE) if carer.decile else ""
    return {"lsoa_code": carer.lsoa_code, "imd_decile": carer.decile, "imd_version": version}


def _as_referred(baby: Baby) -> dict:
    """What was known of a baby on the day: little before birth."""
    known = {"family_name": baby.family_name, "ethnicity": baby.ethnicity, "estimated_due_date": baby.due}
    if not baby.born_at_referral:
        return known
    number, status = baby.nhs_number, "02" if baby.nhs_number else "03"
    born = {"given_name": baby.given_name, "birth_date": baby.born, "sex": baby.sex}
    return known | born | {"nhs_number": number, "nhs_number_status": status}


def _born(baby: Baby) -> dict:
    number, status = baby.nhs_number, "02" if baby.nhs_number else "08"
    born = {"given_name": baby.given_name, "birth_date": baby.born, "sex": baby.sex}
    return born | {"nhs_number": number, "nhs_number_status": status}


def _person(carer: Carer) -> dict:
    return {
        "given_name": carer.given_name,
        "family_name": carer.family_name,
        "ethnicity": carer.ethnicity,
        "birth_date": carer.birth_date,
        "phone": carer.phone,
        "email": carer.email,
        "language": carer.language,
        "needs_interpreter": carer.interpreter,
    }


def _address(life: Life, carer: Carer, act: Act) -> Address:
    return Address(
        id=carer.address_id,
        created_at=act.at,
        family_id=life.family,
        caregiver_id=carer.id,
        lines=carer.lines,
        postcode=carer.postcode,
        looked_up_on=day_of(act.at) if carer.lsoa_code else None,
        **_where(carer),
    )


def _dyad(life: Life, baby: Baby, carer: Carer, act: Act) -> Dyad:
    return Dyad(
        id=carer.dyad_ids[baby.id],
        created_at=act.at,
        family_id=life.family,
        infant_id=baby.id,
        caregiver_id=carer.id,
        relationship=carer.relationship,
        main_carer=carer.main,
        lives_with=carer.lives_with,
    )
