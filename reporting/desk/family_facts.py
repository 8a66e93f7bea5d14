"""What the family page asks of every room, in one query: rows of plain values, read by reporting.desk.family."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject, Now

from interventions.alongside.on_pages import asks_question, joint_question
from interventions.diary.models import Appointment
from interventions.episodes.chronology import came, spoken_with
from interventions.episodes.models import CareContact, Episode, Goal, InterventionUse
from interventions.supervision.models import CaseDecision
from outcomes.models import GoalRating
from pairs.access.asking import PreparedBatch, Question, name_of
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, FamiliesScope
from pairs.families import missing
from pairs.families.banner import asked_above
from pairs.families.models import Address, Caregiver, Dyad, Family, FamilyGrant, RiskAlert
from referrals.models import Referral

CONTACTS = 8


def facts_of(family, on):
    """{what: rows} about one family that the caller has fetched in scope; what the banner says "above"; "gaps"."""
    rows = _FACTS.rows(NOBODY, on, family=family.pk)
    others = zip(
        _FACTS.questions(NOBODY, on, family=family.pk)[len(ASKED) :], rows[len(ASKED) :], strict=True
    )
    said = [each for question, found in others for row in found for each in question.says(row)]
    above = [each for each in said if isinstance(each, dict)]  # the others are (family, gap)
    gaps = [each[1] for each in said if not isinstance(each, dict)]
    return dict(zip(ASKED, rows, strict=False)) | {"above": above, "gaps": gaps}


def _questions(_, on, family):
    """Of whichever family they are asked about: the caller has fetched it in scope."""
    scope, whoever = FamiliesScope(family), Family(pk=family)
    own = [ask(scope, whoever) for ask in ASKED.values()]
    return [*own, *asked_above(whoever), *missing.questions(scope, on, [family])]


_FACTS = PreparedBatch(_questions)


def _alerts(scope, family):
    rows = RiskAlert.objects.visible_to(scope).open().filter(family=family)
    fields = {"id": "id", "what": "what", "at": "created_at", "by": "raised_by__display_name"}
    return Question(rows, fields | {"seen_at": "seen_at"})


def _addresses(scope, family):
    rows = Address.objects.visible_to(scope).filter(family=family, infant=None).current()
    fields = ("caregiver_id", "kind", "lines", "postcode", "since")
    return Question(rows, {name: name for name in fields})


def _unrelated(scope, family):
    """Carers of the family who are in no relationship of today."""
    related = Dyad.objects.live().current().filter(live_q("infant__"), caregiver=OuterRef("pk"))
    rows = Caregiver.objects.visible_to(scope).filter(~Exists(related), family=family)
    return Question(rows, {name: name for name in ("id", "given_name", "family_name", "created_at")})


def _referrals(scope, family):
    rows = Referral.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "reference": "reference", "at": "received_at", "status": "status"}
    return Question(rows, fields | {"episode": "episode__id"})


def _episodes(scope, family):
    rows = Episode.objects.visible_to(scope).filter(family=family)
    uses = InterventionUse.objects.live().filter(episode=OuterRef("pk"), ended_on=None).order_by("started_on")
    fields = {"id": "id", "opened_on": "opened_on", "ended_on": "ended_on", "review_on": "review_on"}
    ways = ArraySubquery(uses.values("intervention__name"))
    return Question(rows, fields | {"lead": "lead__display_name", "site": "site_id", "ways": ways})


def _contacts(scope, family):
    newest = CareContact.objects.visible_to(scope).filter(episode__family=family).newest_first()[:CONTACTS]
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location", "came": came()}
    fields |= {"kind": "kind", "with": spoken_with()}
    return Question(newest, fields | {"by": "practitioner__display_name", "signed_at": "signed_at"})


def _visits(scope, family):
    """The next few that are booked, and go on."""
    coming = Appointment.objects.visible_to(scope).going_on().filter(family=family, starts_at__gte=Now())
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location"}
    return Question(coming.in_time()[:CONTACTS], fields | {"by": "practitioner__display_name"})


def _goals(scope, family):
    rows = Goal.objects.visible_to(scope).current()
    rows = rows.filter(episode__family=family, episode__ended_on=None)
    ratings = GoalRating.objects.live().filter(goal=OuterRef("pk")).order_by("rated_on", "created_at")
    scores = ArraySubquery(ratings.values(row=JSONObject(score="score", on="rated_on")))
    fields = {"id": "id", "words": "words", "set_on": "set_on", "created_at": "created_at", "dyad": "dyad_id"}
    names = {"infant": name_of("dyad__infant"), "carer": name_of("dyad__caregiver")}
    return Question(rows, fields | names | {"episode": "episode_id", "ratings": scores})


def _decisions(scope, family):
    rows = CaseDecision.objects.visible_to(scope).filter(family=family, done_at=None)
    fields = {"decision": "decision", "do_by": "do_by", "owner": "owner__display_name", "at": "created_at"}
    return Question(rows, fields)


def _grants(scope, family):
    """Who else reaches this family; whoever reads its page may know them."""
    rows = FamilyGrant.objects.live().filter(family=family)
    fields = {"purpose": "purpose", "who": F("user__display_name"), "until": "expires_at", "why": "reason"}
    return Question(rows, fields)


ASKED = {
    "alerts": _alerts,
    "addresses": _addresses,
    "unrelated": _unrelated,
    "referrals": _referrals,
    "episodes": _episodes,
    "contacts": _contacts,
    "visits": _visits,
    "goals": _goals,
    "decisions": _decisions,
    "grants": _grants,
    "joint": joint_question,
    "asks": asks_question,
}
