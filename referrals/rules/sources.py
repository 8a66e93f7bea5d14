"""Where a referral comes from, as the NHS Data Dictionary counts it."""

from referrals.rules.choices import EntryPoint, ProfessionalGroup

OTHER_PRIMARY_CARE = "A3"  # a professional who belongs to no team we know and says no profession
OTHER_AGENCY = "M6"
SELF, CARER_OR_RELATIVE = "B1", "B2"
# The source that a profession stands for; groups whose label in the dictionary is not plain are another agency.
SOURCE_BY_GROUP: dict[str, str] = {
    ProfessionalGroup.HEALTH_VISITOR: "A2",
    ProfessionalGroup.MIDWIFE: "A4",
    ProfessionalGroup.GP: "A1",
    ProfessionalGroup.NEONATAL: "F2",
    ProfessionalGroup.SOCIAL_WORKER: "C1",
    ProfessionalGroup.EARLY_YEARS: "C2",
    ProfessionalGroup.VOLUNTARY: "G4",
}


def choose_source_code(
    *, entry_point: str, group: str = "", team: str = "", somebody_else: bool = False
) -> str:
    """The NHS source of referral. ``team``: the code of the referrer's team, which takes precedence.

    ``somebody_else``: the family asks through somebody who fills the form in for them.
    """
    if entry_point == EntryPoint.SELF:
        return CARER_OR_RELATIVE if somebody_else else SELF
    if team:
        return team
    return SOURCE_BY_GROUP.get(group, OTHER_AGENCY) if group else OTHER_PRIMARY_CARE


def get_professional_group(source: str) -> str:
    """The profession that a source of referral stands for; "" where it does not say."""
    return next((group for group, code in SOURCE_BY_GROUP.items() if code == source), "")
