"""The people of a made-up life as rows: who asked, babies, carers, where they live and how they belong together."""

from uuid import UUID, uuid5

from pairs.demo.calendar import to_local_date
from pairs.demo.places import MADE_UP_RELEASE
from pairs.demo.scenarios.records import Act, AskerRecord, BabyRecord, CarerRecord, FamilyScenario
from pairs.demo.writer import make_row
from pairs.families.models import Address, Dyad
from pairs.families.phones import list_phone_keys
from pairs.restrictions.models import FamilyRestriction
from pairs.restrictions.rules import LONGEST_REVIEW


def build_asker_values(asker: AskerRecord | None) -> dict:
    return {f"asker_{name}": value for name, value in vars(asker).items()} if asker else {}


def build_address_values(carer: CarerRecord) -> dict:
    """Where a carer lives, as looked up on the day."""
    version = str(MADE_UP_RELEASE) if carer.decile else ""
    return {"lsoa_code": carer.lsoa_code, "imd_decile": carer.decile, "imd_version": version}


def build_referred_infant_values(baby: BabyRecord) -> dict:
    """What was known of a baby on the day: little before birth."""
    known = {"family_name": baby.family_name, "ethnicity": baby.ethnicity, "estimated_due_date": baby.due}
    if not baby.born_at_referral:
        return known
    number, status = baby.nhs_number, "02" if baby.nhs_number else "03"
    born = {"given_name": baby.given_name, "birth_date": baby.born, "sex": baby.sex}
    return known | born | {"nhs_number": number, "nhs_number_status": status}


def build_infant_values(baby: BabyRecord) -> dict:
    number, status = baby.nhs_number, "02" if baby.nhs_number else "08"
    born = {"given_name": baby.given_name, "birth_date": baby.born, "sex": baby.sex}
    return born | {"nhs_number": number, "nhs_number_status": status}


def build_caregiver_values(carer: CarerRecord) -> dict:
    return {
        "given_name": carer.given_name,
        "family_name": carer.family_name,
        "ethnicity": carer.ethnicity,
        "birth_date": carer.birth_date,
        "phone": carer.phone,
        "phone_keys": list_phone_keys(carer.phone),
        "email": carer.email,
        "language": carer.language,
        "needs_interpreter": carer.interpreter,
        "may_post": carer.may_post,
    }


def make_address_row(scenario: FamilyScenario, carer: CarerRecord, act: Act) -> Address:
    return make_row(
        Address,
        id=carer.address_id,
        created_at=act.at,
        family_id=scenario.family,
        caregiver_id=carer.id,
        lines=carer.lines,
        postcode=carer.postcode,
        looked_up_on=to_local_date(act.at) if carer.lsoa_code else None,
        **build_address_values(carer),
    )


def make_dyad_row(scenario: FamilyScenario, baby: BabyRecord, carer: CarerRecord, act: Act) -> Dyad:
    return make_row(
        Dyad,
        id=carer.dyad_ids[baby.id],
        created_at=act.at,
        family_id=scenario.family,
        infant_id=baby.id,
        caregiver_id=carer.id,
        relationship=carer.relationship,
        main_carer=carer.main,
        lives_with=carer.lives_with,
    )


def make_restriction_row(scenario: FamilyScenario, *, made_by: UUID) -> FamilyRestriction:
    """Why the family's record is restricted; looked at again after a year, the longest there may be."""
    act = scenario.restricted
    return make_row(
        FamilyRestriction,
        id=uuid5(scenario.family, "restriction"),
        created_at=act.at,
        family_id=scenario.family,
        because=scenario.restricted_because,
        made_by_id=made_by,
        review_on=to_local_date(act.at + LONGEST_REVIEW),
    )
