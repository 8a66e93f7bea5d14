"""A record opened in an emergency, to be read for an hour; and the review that closes each use."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pairs.access.scope import Scope, load_scope
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.actions import end_family_access, grant_family_access
from pairs.families.models import Family, Infant
from pairs.matching.query_parser import parse_query
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.service.roles import GrantPurpose
from pairs.web.absolute_urls import build_absolute_url

PURPOSE = GrantPurpose.EMERGENCY
ALREADY_OPEN = "You can already open this record. Find it by search."


def find_family_in_emergency(*, number: str, birth_date: date) -> Family | None:
    """The family of the baby with this NHS or PI number, born or due that day; None for anything out of reach.

    Two facts, since PI numbers run on. A restricted record, and a birth identity that an adoption sealed, are answered
    as if there were none (docs/adr/0059-emergency-access.md).
    """
    asked = parse_query(number)
    known_as = Q(nhs_number__in=asked.nhs_numbers) | Q(reference__in=asked.references)
    dated = Q(birth_date=birth_date) | Q(birth_date=None, estimated_due_date=birth_date)
    found = Infant.objects.live().filter(known_as, dated).values("family")
    return Family.objects.live().filter(pk__in=found, restricted=False).first()


@transaction.atomic
def open_in_emergency(*, family: Family, reason: str, by: User) -> EmergencyAccess:
    """Let this person read the record from the next request on, and tell information governance at once.

    Raises ActionRefused where they reach it anyway, or it was restricted meanwhile.
    """
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    if family.restricted or not family_is_out_of_reach(family, load_scope(by)):
        raise ActionRefused("This record cannot be opened this way." if family.restricted else ALREADY_OPEN)
    until = timezone.now() + timedelta(seconds=settings.EMERGENCY_ACCESS_SECONDS)
    grant_family_access(family=family, user=by, purpose=PURPOSE, reason=reason, by=by, expires_at=until)
    made = EmergencyAccess.objects.create(family=family, opened_by=by, reason=reason, until=until)
    _tell_governance(made)
    return made


def family_is_out_of_reach(family: Family, scope: Scope) -> bool:
    """Whether this person's roles and grants do not open the record."""
    return not Family.objects.visible_to(scope).filter(pk=family.pk).exists()


def _tell_governance(made: EmergencyAccess) -> None:
    """Who and where: no family's name, no reason."""
    text = (
        f"{made.opened_by} opened a family’s record in PaIRS by emergency access. Review it:\n\n"
        f"{build_absolute_url('emergency-access-review', made.pk)}\n"
    )
    readers = User.objects.with_permission("govern_records", at=[made.family.site_id]).exclude(email="")
    for reader in readers:
        send_mail("A record was opened in an emergency", text, None, [reader.email])


@transaction.atomic
def review_emergency_access(*, access: EmergencyAccess, finding: str, note: str, by: User) -> EmergencyAccess:
    """Close the use with a finding. What is still open ends with it. Nobody reviews their own."""
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.reviewed_at:
        raise ActionRefused("This has already been reviewed.")
    if access.opened_by_id == by.pk:
        raise ActionRefused("You cannot review your own emergency access. Ask a colleague.")
    if access.until > timezone.now():
        end_family_access(family=access.family, user=access.opened_by, purpose=PURPOSE)
    return access.change(reviewed_at=timezone.now(), reviewed_by=by, finding=finding, finding_note=note)
