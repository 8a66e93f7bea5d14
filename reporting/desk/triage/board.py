"""The board: referrals that wait for a decision, oldest first, with their clocks and what to take note of."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.asking import PreparedBatch, Question
from pairs.access.fetch import fetch_prepared_page, with_family_id
from pairs.access.prepared import PreparedQuery
from pairs.families.models import RiskAlert
from pairs.service.models import Place, Site
from referrals.bank_holidays import ENGLAND
from referrals.matching import maybe_held
from referrals.models import Consultation, MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.reading import read_by, time_left
from referrals.rules.words import STATUSES
from reporting.desk.returns import returns_of
from reporting.desk.triage.fetched import referred_by, waited

OPEN_STATUSES = ("received", "read", "more_asked")
NEEDS_ME = "me"
MOST_OFFERED = 1000  # a slice keeps the order in which the choices are offered
# What a row says, or asks the rules.
SHOWN = (
    *("reference", "received_at", "status", "place_assumed", "door", "asker_name", "permission"),
    *("patient_id", "read_by_time", "first_read_at", "site__name", "place__name"),
    *("referrer__display_name", "referrer__username", "team__name", "team__organisation"),
)


@policy.permission("triage_referrals")
def triage(request):
    """Referrals that wait for a decision, oldest first; which of them stands in the address and survives a reload."""
    places, sites = _filters_of.rows(request.scope)
    chosen, now = _chosen(request, places), timezone.now()
    page = fetch_prepared_page(request, _waiting, *_choices(chosen), **_values(request, chosen))
    held, returns = maybe_held(page.object_list), returns_of(page.object_list)
    context = {
        "page": page,
        "rows": [_row(referral, now, held, returns) for referral in page],
        "chosen": chosen,
        "filters": _filters(chosen, places, sites),
        "filtered": any(chosen.values()),
        "consultations": _consultations.count(request.scope),
        "checks": _checks.count(request.scope),
        "supervises": request.scope.may("supervise"),
    }
    return render(request, "desk/triage.html", context)


_consultations = PreparedQuery(lambda scope: Consultation.objects.visible_to(scope).open())
_checks = PreparedQuery(lambda scope: MatchAnswer.objects.visible_to(scope).waiting())
_filters_of = PreparedBatch(
    lambda scope: [
        Question(Place.objects.order_by("name")[:MOST_OFFERED], {"id": "code", "name": "name"}),
        Question(
            Site.objects.filter(pk__in=scope.sites("triage_referrals"))[:MOST_OFFERED],
            {"id": "id", "name": "name"},
        ),
    ]
)


def _chosen(request, places):
    """The filters that the address asks for; what it does not know is left out."""
    known = {
        "needs": {NEEDS_ME},
        "site": {str(pk) for pk in request.scope.sites("triage_referrals")},
        "place": {place["id"] for place in places},
        "door": set(dict(Referral.DOORS)),
        "status": set(OPEN_STATUSES),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}


def _choices(chosen):
    """What changes the query: a filter by words of ours."""
    return chosen["place"], chosen["door"], chosen["status"]


def _values(request, chosen):
    """Whose referrals and at which site, by id, where that was asked."""
    mine = {"me": request.user.pk} if chosen["needs"] else {}
    return mine | ({"site": UUID(chosen["site"])} if chosen["site"] else {})


def _in_order(scope, place, door, status, me=None, site=None):
    words = {"place__code": place, "door": door, "status": status, "site": site}
    asked = {column: value for column, value in words.items() if value}
    referrals = with_family_id(Referral.objects.triaged_by(scope).filter(**asked))
    if me:
        referrals = referrals.filter(needs(me))
    alerts = RiskAlert.objects.live().open().filter(about=OuterRef("reference"))
    shown = referrals.select_related("place", "site", "referrer", "team").only(*SHOWN).with_news()
    return shown.annotate(worried=Exists(alerts), **_named()).order_by("received_at", "id")


def _named():
    """Who is named, as far as the board takes note of it."""
    infants = ReferredInfant.objects.live().filter(referral=OuterRef("pk"))
    carers = ReferredCaregiver.objects.live().filter(referral=OuterRef("pk"))
    unborn = infants.filter(birth_date=None, estimated_due_date__isnull=False)
    return {
        "named": Exists(infants),
        "unborn": Exists(unborn),
        "interpreter": Exists(carers.filter(needs_interpreter=True)),
    }


_waiting = PreparedQuery(_in_order)


def needs(user):
    """Mine to read (as reader or deputy, or as anybody's where none is named), or mine since I read it."""
    reader = (
        Q(site__first_reader=None) | Q(site__first_reader__reader=user) | Q(site__first_reader__deputy=user)
    )
    return Q(first_read_at=None) & reader | Q(first_read_by=user)


def _filters(chosen, places, sites):
    """[(name, label, options, what is chosen)] as the page draws them."""
    statuses = dict(STATUSES)
    options = {
        "needs": ("Whose", [("", "Everybody's"), (NEEDS_ME, "What needs me")]),
        "site": ("Site", [("", "Every site"), *_options(sites)]),
        "place": ("District", [("", "Every district"), *_options(places)]),
        "door": ("Door", [("", "Every door"), *Referral.DOORS]),
        "status": ("Status", [("", "Every status"), *((code, statuses[code]) for code in OPEN_STATUSES)]),
    }
    return [(name, label, offered, chosen[name]) for name, (label, offered) in options.items()]


def _options(rows):
    return [(row["id"], row["name"]) for row in rows]


def _row(referral, now, held, returns):
    marks = (("Possible match", referral.pk in held), ("A return", referral.pk in returns))
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "days": waited(referral, timezone.localdate(now)).days,
        "status": referral.status,
        "place": "Not known" if referral.place_assumed else str(referral.place),
        "site": str(referral.site),
        "door": referral.get_door_display(),
        "by": referred_by(referral),
        "worried": referral.worried,
        "flags": [
            *flags(referral, referral.named, referral.unborn, referral.interpreter),
            *(words for words, holds in marks if holds),
        ],
        **reading(referral, now),
    }


def reading(referral, now):
    """How long there is to read it, in words, and whether it is late; nothing once somebody has."""
    if referral.first_read_at or referral.status != "received":
        return {"read": "", "late": False}
    by = referral.read_by_time or read_by(referral.received_at, ENGLAND)
    return {"read": time_left(now, by, ENGLAND), "late": now > by}


def flags_of(referral):
    """The flags of a referral that was fetched with its people."""
    infants, carers = referral.infants.all(), referral.caregivers.all()
    unborn = any(infant.birth_date is None and infant.estimated_due_date for infant in infants)
    return flags(referral, bool(infants), unborn, any(carer.needs_interpreter for carer in carers))


def flags(referral, named, unborn, interpreter):
    """What to take note of, in words. Is a baby named, is one unborn, does a carer need an interpreter?"""
    found = [
        ("Unborn", unborn),
        ("Nobody named yet", not named and not referral.patient_id),
        ("Interpreter", interpreter),
        ("A carer's own help", referral.patient_id is not None),
        ("Without the parent's agreement", referral.permission == "lawful_basis"),
        ("Something was added", getattr(referral, "news_at", None)),
    ]
    return [text for text, holds in found if holds]
