"""What the record says about each thing to check, shown beside the question: the reader judges, not the system."""

from collections.abc import Callable, Iterator

from pairs.families.choices import AddressKind, CautionKind
from pairs.families.models import Address, Caution, Dyad, Family
from pairs.restrictions.models import FamilyRestriction
from pairs.safeguarding.models import SafeguardingConcern, SafeguardingStatus
from pairs.subject_access.actions import has_responsibility
from pairs.subject_access.choices import CheckKind
from pairs.subject_access.models import DisclosureCheck, SubjectAccessRequest
from pairs.village.models import DisclosureLimit
from pairs.web.formats import format_day

NOTHING = "Nothing is recorded. Ask the practitioner as well."


def list_facts(check: DisclosureCheck) -> list[str]:
    """Sentences about what is recorded; one that says so where nothing is."""
    return list(READERS[CheckKind(check.kind)](check.access_request)) or [NOTHING]


def _read_responsibility(request: SubjectAccessRequest) -> Iterator[str]:
    held = has_responsibility(request.requester, request.infant)
    if request.requester:
        yield f"Parental responsibility of {request.requester}, as recorded: {held or 'no relationship is recorded'}."
    else:
        yield f"{request.asked_by} is not recorded as a carer of this family."
    yield from _read_authority(request)


def _read_authority(request: SubjectAccessRequest) -> Iterator[str]:
    yield f"Asks as: {request.get_asked_as_display()}."
    if request.authority:
        yield f"Shown: {request.authority}"


def _read_restrictions(request: SubjectAccessRequest) -> Iterator[str]:
    family = request.family
    if family.restricted:
        yield "This record is restricted."
    for row in FamilyRestriction.objects.live().current().filter(family=family):
        yield f"Restricted because: {row.because}"
    for dyad in _query_dyads(family).exclude(restrictions=""):
        yield f"{dyad.caregiver} and {dyad.infant}: {dyad.restrictions}"
    for row in _query_cautions(family).exclude(court_order=""):
        yield f"Court order: {row.court_order}"
    for row in SafeguardingStatus.objects.live().current().filter(family=family).exclude(court_order=""):
        yield f"Court order: {row.court_order}"


def _read_addresses(request: SubjectAccessRequest) -> Iterator[str]:
    family = request.family
    for row in _query_cautions(family).filter(kind=CautionKind.KEEP_APART):
        yield f"{row.person or 'The family'} to be kept apart from {row.other}: {row.what}"
    for row in Address.objects.live().current().filter(family=family, kind=AddressKind.REFUGE):
        yield f"The address of {row.caregiver or row.infant or 'the family'} is hidden."
    for limit in DisclosureLimit.objects.live().filter(family=family, until=None):
        yield f"A limit on sharing is recorded: {limit.reason}"


def _read_safeguarding(request: SubjectAccessRequest) -> Iterator[str]:
    family = request.family
    for status in SafeguardingStatus.objects.live().current().filter(family=family):
        yield f"{status.get_kind_display()}, since {format_day(status.since)}."
    for concern in SafeguardingConcern.objects.live().filter(family=family).order_by("noticed_on"):
        yield f"A safeguarding concern of {format_day(concern.noticed_on)}."


def _read_adoption(request: SubjectAccessRequest) -> Iterator[str]:
    yield (
        "What an adoption sealed is never in a copy. Check that nothing in this record names the birth family, and "
        "whether an adoption is planned or under way."
    )


def _query_dyads(family: Family):
    return Dyad.objects.live().filter(family=family).select_related("caregiver", "infant")


def _query_cautions(family: Family):
    return Caution.objects.live().current().filter(family=family).with_people()


READERS: dict[CheckKind, Callable[[SubjectAccessRequest], Iterator[str]]] = {
    CheckKind.RESPONSIBILITY: _read_responsibility,
    CheckKind.AUTHORITY: _read_authority,
    CheckKind.RESTRICTIONS: _read_restrictions,
    CheckKind.ADDRESSES: _read_addresses,
    CheckKind.SAFEGUARDING: _read_safeguarding,
    CheckKind.ADOPTION: _read_adoption,
}
