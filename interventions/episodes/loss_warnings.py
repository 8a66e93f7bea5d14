"""Before a loss is recorded: contacts that say the baby was there after that day."""

from datetime import date

from interventions.episodes.models import Participant
from pairs.access.records import live_q
from pairs.families.models import Infant
from pairs.web.formats import format_day, format_plural


def list_loss_warnings(infant: Infant, lost_on: date) -> list[str]:
    """Of the family that holds the record: another family's contacts are told to nobody here."""
    there = (
        Participant.objects.live()
        .present()
        .exclude(present=False)
        .filter(
            live_q("care_contact__"),
            infant=infant,
            care_contact__episode__family=infant.family_id,
            care_contact__starts_at__date__gt=lost_on,
        )
    )
    days = list(
        there.order_by("care_contact__starts_at").values_list("care_contact__starts_at__date", flat=True)
    )
    if not days:
        return []
    contacts = format_plural(len(days), "contact")
    says = "says" if len(days) == 1 else "say"
    return [
        f"{contacts} after this date {says} that the baby was there: the last was on {format_day(days[-1])}."
    ]
