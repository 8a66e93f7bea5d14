"""The unborn record becomes the born one."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pairs.families.models import Infant
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def register_birth(
    *, infant: Infant, birth_date: date, given_name: str, sex: str, nhs_number: str | None, by: User
) -> Infant:
    """The unborn record becomes the born one: the same row, nobody else's touched."""
    if infant.birth_date:
        raise Refused({"birth_date": "This birth has been registered already."})
    if birth_date > timezone.localdate():
        raise Refused({"birth_date": "The date of birth is in the future."})
    if nhs_number and Infant.objects.live().filter(nhs_number=nhs_number).exists():
        raise Refused({"nhs_number": "Possible match: the hub will check. Leave the number empty for now."})
    infant.birth_date, infant.given_name, infant.sex = birth_date, given_name, sex
    infant.nhs_number = nhs_number or None
    infant.nhs_number_status = "02" if nhs_number else "08"
    infant.save(update_fields=["birth_date", "given_name", "sex", "nhs_number", "nhs_number_status"])
    return infant
