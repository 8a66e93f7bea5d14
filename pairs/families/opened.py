"""The family whose record a page opens, with everybody the banner names: in scope or 404, in every room alike."""

from dataclasses import dataclass

from pairs.access.fetch import fetch_whole, note_listed, with_family_id
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.families.banner import asked_above, banner_of
from pairs.families.models import Caution, Dyad, Family, Infant, RiskAlert
from pairs.families.models.family import join_infants
from pairs.families.models.people import NAMES

STATE = ("entered_in_error_at", "sealed_at")
INFANT = (
    *STATE, *NAMES, "family", "said_as", "nhs_number", "reference", "birth_date", "estimated_due_date", "twin_order",
    "plurality", "lost_on", "loss",
)  # fmt: skip
CAREGIVER = (
    *NAMES, "family", "birth_date", "died_on", "may_call", "may_text", "may_leave_message", "may_email", "may_post",
    "language", "needs_interpreter", "communication_needs", "access_needs",
)  # fmt: skip
HISTORY = ("created_at", "entered_in_error_by", "entered_in_error_reason")


def family_of(request, family_id, may=None):
    """The family with its people, site and place; ``may``: the right needed at its site."""
    return join_people(fetch_whole(request, _WHOLE, may=may, family=family_id))


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
    fetched = {name: attach_rows(family, name, parts[name]) for name in ("cautions", "infants", "dyads")}
    join_infants(fetched)
    return family


def _family(scope, family):
    return with_family_id(Family.objects.visible_to(scope).filter(pk=family))


def _people(family):
    """Those of ``Family.with_people()``, by the family's id."""
    dyads = Dyad.objects.live().current().filter(family=family).select_related("caregiver", "infant")
    cautions = Caution.objects.live().current().filter(family=family).with_people()
    named = [f"{person}__{name}" for person in ("caregiver", "infant", "kept_from") for name in NAMES]
    return {
        "cautions": cautions.only(*(each.name for each in Caution._meta.concrete_fields), *named),
        "infants": Infant.objects.live()
        .filter(family=family)
        .order_by("birth_date", "twin_order", "created_at"),
        "dyads": dyads.order_by("-main_carer", "created_at"),
    }


def _whole(scope, family):
    return {"family": _family(scope, family).select_related("site", "place")} | _people(family)


def _with_banner(scope, family):
    people, above = _people(family), asked_above(Family(pk=family))
    theirs = [f"infant__{name}" for name in INFANT] + [f"caregiver__{name}" for name in CAREGIVER]
    return {
        "family": _family(scope, family).only("site"),
        "cautions": people["cautions"].defer(*HISTORY, "since", "until"),
        "infants": people["infants"].only(*INFANT),
        "dyads": people["dyads"].only("family", "relationship", "infant", "caregiver", *theirs),
        "alerts": RiskAlert.objects.live().open().filter(family=family).only("what"),
    } | {f"above {number}": question for number, question in enumerate(above)}


_WHOLE = PreparedRecords(_whole)
_WITH_BANNER = PreparedRecords(_with_banner)
