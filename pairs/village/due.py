"""What is due about sharing: an agreement that has run out by its own date, as a gap in the record."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from pairs.families.due import DATA_QUALITY, DueItem, of_families
from pairs.village.models import SharingAgreement
from pairs.village.rules import agreement_ended


def due_items(scope, on, families=None):
    """Agreements that ended and were neither withdrawn nor agreed anew: one query."""
    rows = SharingAgreement.objects.visible_to(scope).filter(of_families(families), until__lt=on)
    rows = rows.filter(withdrawn_on=None).annotate(renewed=_agreed_anew())
    found = rows.select_related("family", "member", "team")
    return [_item(row) for row in found if _ended(row, on)]


def _agreed_anew():
    """A later one with the same person, team or agency."""
    same = Q(member=OuterRef("member")) | Q(team=OuterRef("team")) | Q(agency__iexact=OuterRef("agency"))
    later = SharingAgreement.objects.live().filter(same, created_at__gt=OuterRef("created_at"))
    return Exists(later.filter(family=OuterRef("family")))


def _ended(row, on):
    return agreement_ended(until=row.until, withdrawn_on=row.withdrawn_on, renewed=row.renewed, on=on)


def _item(row):
    return DueItem(
        code="agreement_ended",
        kind=DATA_QUALITY,
        title=f"Sharing agreement ended on {row.until:%-d %b %Y}: agree anew, or withdraw it",
        subject_id=row.pk,
        href=reverse("sharing", args=[row.family_id]),
        due_on=row.until,
        family_id=row.family_id,
        site_id=row.family.site_id,
        who=row.party,
    )
