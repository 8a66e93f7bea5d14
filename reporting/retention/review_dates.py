"""Which records are to be reviewed, and when: worked out from what they hold each time, and never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode
from pairs.access.scope import Scope
from pairs.families.ages import add_years
from pairs.families.models import Family, Infant
from referrals.models import Referral
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.rules import SHORTEST_YEARS, DecisionKind, Review, compute_review


@dataclass(frozen=True)
class ReviewedRecord:
    """A record with its review: ``is_held`` by a hold of its own or of its site; ``is_open`` while work goes on."""

    family: Any
    review: Review
    is_held: bool
    is_open: bool


def list_records_to_review(scope: Scope, on: date) -> list[ReviewedRecord]:
    """Records at the sites that this person governs whose review has come and of which nothing is decided yet.

    The longest due first. What has open work or is held comes with them, and says so.
    """
    rows = query_due_families(on).filter(site__in=scope.sites("govern_records"))
    found = [each for each in _read_records(rows) if each.review.day <= on and not each.is_open]
    return sorted(found, key=lambda each: (each.review.day, str(each.family.pk)))


def query_due_families(on: date) -> QuerySet[Any]:
    """Families that may be due: by the age of what is in them, which an index answers; the rules decide."""
    long_ago = add_years(on, -SHORTEST_YEARS)
    people = Infant.objects.valid().filter(family=OuterRef("pk"))
    old = people.filter(Q(birth_date__lte=long_ago) | Q(birth_date=None, estimated_due_date__lte=long_ago))
    decided = RetentionDecision.objects.valid().to_destroy().filter(family=OuterRef("pk"))
    nobody = ~Exists(people) & Q(created_at__date__lte=long_ago)
    return Family.objects.live().filter(Exists(old) | nobody, ~Exists(decided))


def load_review(family: Family) -> ReviewedRecord:
    """Of one family that is in scope."""
    (found,) = _read_records(Family._base_manager.filter(pk=family.pk))
    return found


def _read_records(rows: QuerySet[Any]) -> Iterable[ReviewedRecord]:
    for family in annotate_review_facts(rows).select_related("site"):
        yield ReviewedRecord(
            family=family,
            review=compute_review(
                youngest_born=family.youngest_born,
                last_contact=family.last_contact or timezone.localdate(family.created_at),
                has_antenatal=family.has_antenatal,
                kept_until=family.kept_until,
            ),
            is_held=family.is_held,
            is_open=family.is_open,
        )


def annotate_review_facts(families: QuerySet[Any]) -> QuerySet[Any]:
    """With what the rules ask: the youngest birth, the last contact, a pregnancy without a birth, what was decided."""
    infants = Infant.objects.valid().filter(family=OuterRef("pk"))
    kept = RetentionDecision.objects.valid().filter(family=OuterRef("pk"), kind=DecisionKind.KEEP)
    holds = (
        RetentionHold.objects.live()
        .current()
        .filter(Q(family=OuterRef("pk")) | Q(family=None, site=OuterRef("site")))
    )
    return families.annotate(
        youngest_born=Subquery(_take_last(infants, "birth_date")),
        has_antenatal=Exists(infants.filter(birth_date=None)),
        last_contact=_build_last_contact(),
        kept_until=Subquery(kept.order_by("-created_at").values("review_on")[:1]),
        is_held=Exists(holds),
        is_open=Exists(_of_family(Episode).filter(ended_on=None)) | Exists(_query_open_referrals()),
    )


def _take_last(rows: QuerySet[Any], field: Any) -> QuerySet[Any]:
    return rows.order_by().values("family").annotate(last=Max(field)).values("last")


def _of_family(model: Any, path: str = "family") -> QuerySet[Any]:
    return model.objects.valid().filter(**{path: OuterRef("pk")})


def _query_open_referrals() -> QuerySet[Any]:
    return _of_family(Referral).filter(decided_at=None)


def _build_last_contact() -> Any:
    """The last care contact, end of work or referral; None where there was none."""
    contacts = _of_family(CareContact, "episode__family").order_by().values("episode__family")
    days = (
        contacts.annotate(last=Max(TruncDate("starts_at"))).values("last"),
        _take_last(_of_family(Episode), Coalesce("ended_on", "opened_on")),
        _take_last(_of_family(Referral), TruncDate("received_at")),
    )
    return Greatest(*(Subquery(each) for each in days))
