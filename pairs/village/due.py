"""What is due about sharing: an agreement that has run out by its own date, as a gap in the record."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from pairs.access.asking import Question, day
from pairs.families.due import DATA_QUALITY, DueItem, of_families
from pairs.families.models import Infant
from pairs.village.models import SharingAgreement
from pairs.village.rules import agreement_ended


def family_questions(scope, on, families=None) -> list[Question]:
    """Agreements that ended and were neither withdrawn nor agreed anew."""
    rows = SharingAgreement.objects.visible_to(scope).filter(of_families(families), until__lt=on)
    fields = {"id": "id", "until": "until", "renewed": _agreed_anew(), "family": "family_id"}
    fields |= {"site": "family__site_id", "member": "member__name", "team": "team__name", "agency": "agency"}
    rows = rows.filter(withdrawn_on=None).exclude(_grieving())
    return [Question(rows, fields, lambda row: _items(row, on))]


def _grieving():
    """Every baby of the family is lost: nobody is asked to agree anew to what is told about them."""
    here = Infant.objects.live().filter(family=OuterRef("family"))
    return Q(Exists(here) & ~Exists(here.active()))


def _agreed_anew():
    """A later one with the same person, team or agency."""
    same = Q(member=OuterRef("member")) | Q(team=OuterRef("team")) | Q(agency__iexact=OuterRef("agency"))
    later = SharingAgreement.objects.live().filter(same, created_at__gt=OuterRef("created_at"))
    return Exists(later.filter(family=OuterRef("family")))


def _items(row, on):
    until = day(row["until"])
    if agreement_ended(until=until, withdrawn_on=None, renewed=row["renewed"], on=on):
        yield DueItem(
            code="agreement_ended",
            kind=DATA_QUALITY,
            title=f"Sharing agreement ended on {until:%-d %b %Y}: agree anew, or withdraw it",
            subject_id=UUID(row["id"]),
            href=reverse("sharing", args=[row["family"]]),
            due_on=until,
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            who=row["member"] or row["team"] or row["agency"],
        )
