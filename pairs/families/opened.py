"""The family whose record a page opens, with everybody the banner names: in scope or 404, in every room alike."""

from dataclasses import dataclass

from pairs.access.fetch import fetch_whole, note_listed, with_family_id
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import OUT_OF_SIGHT
from pairs.families.banner import asked_above, banner_of
from pairs.families.models import Caution, Family, RiskAlert
from pairs.families.models.family import join_infants, people_of_families
from pairs.families.models.people import NAMES

INFANT = (
    *OUT_OF_SIGHT, *NAMES, "family", "said_as", "nhs_number", "reference", "birth_date", "estimated_due_date",
    "twin_order", "plurality", "lost_on", "loss",
)  # fmt: skip
CAREGIVER = (
    *NAMES, "family", "birth_date", "died_on", "may_call", "may_text", "may_leave_message", "may_email", "may_post",
    "language", "needs_interpreter", "communication_needs", "access_needs",
)  # fmt: skip
PEOPLE = ("cautions", "infants", "dyads")
HISTORY = ("created_at", "entered_in_error_by", "entered_in_error_reason")


def family_of(request, family_id, may=None):
    """The family with its people, site and place; ``may``: the right needed at its site."""
    return join_people(fetch_whole(request, _WHOLE, may=may, family=family_id))


def open_families(request, ids):
    """Those of these families that are in scope, each with its people and site, and noted as listed."""
    parts = _MANY.rows(request.scope, families=ids)
    for family in parts["families"]:
        note_listed(request, family.pk)
    return [join_people({"family": [family]} | _those_of(family, parts)) for family in parts["families"]]


def _those_of(family, parts):
    return {name: [row for row in parts[name] if row.family_id == family.pk] for name in PEOPLE}


@dataclass(frozen=True)
class OpenedFamily:
    """A family with its people, and what its banner says."""

    family: Family
    alerts: list[RiskAlert]
    above: list[dict]

    def banner(self, request):
        """For the page that shows the record: its alerts are noted in the access log."""
        if self.alerts:
            note_listed(request, self.family.pk)
        return banner_of(self.family, alerts=self.alerts, above=self.above)


def open_family(request, family_id, may=None):
    """The same family and its banner, in one query, with what a banner or a contact's form shows of its people."""
    parts = fetch_whole(request, _WITH_BANNER, may=may, family=family_id)
    above = [line for name, lines in parts.items() if name.startswith("above") for line in lines]
    return OpenedFamily(join_people(parts), parts["alerts"], above)


def join_people(parts):
    """The family of these parts with its cautions, infants and dyads at hand, as ``Family.with_people()`` has them."""
    family = parts["family"][0]
    fetched = {name: attach_rows(family, name, parts[name]) for name in PEOPLE}
    join_infants(fetched)
    return family


def _family(scope, family):
    return with_family_id(Family.objects.visible_to(scope).filter(pk=family))


def _people(**of):
    """Those of ``Family.with_people()``. ``of``: the lookup that says of which families."""
    people = {name: rows.filter(**of) for name, rows in people_of_families().items()}
    named = [f"{person}__{name}" for person in ("caregiver", "infant", "kept_from") for name in NAMES]
    shown = (each.name for each in Caution._meta.concrete_fields)
    return people | {"cautions": people["cautions"].only(*shown, *named)}


def _whole(scope, family):
    return {"family": _family(scope, family).select_related("site", "place")} | _people(family=family)


def _with_banner(scope, family):
    people, above = _people(family=family), asked_above(Family(pk=family))
    theirs = [f"infant__{name}" for name in INFANT] + [f"caregiver__{name}" for name in CAREGIVER]
    return {
        "family": _family(scope, family).only("site"),
        "cautions": people["cautions"].defer(*HISTORY, "since", "until"),
        "infants": people["infants"].only(*INFANT),
        "dyads": people["dyads"].only("family", "relationship", "infant", "caregiver", *theirs),
        "alerts": RiskAlert.objects.live().open().filter(family=family).only("what"),
    } | {f"above {number}": question for number, question in enumerate(above)}


def _many(scope, families):
    rows = with_family_id(Family.objects.visible_to(scope).filter(pk__in=[families])).select_related("site")
    return {"families": rows} | _people(family__in=[families])


_MANY = PreparedRecords(_many)
_WHOLE = PreparedRecords(_whole)
_WITH_BANNER = PreparedRecords(_with_banner)
