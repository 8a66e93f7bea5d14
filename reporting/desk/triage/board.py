"""The board: referrals that wait for a decision, oldest first, with their clocks and what to take note of."""

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch_page
from pairs.families.models import RiskAlert
from pairs.service.models import Place, Site
from referrals.bank_holidays import ENGLAND
from referrals.matching import maybe_held
from referrals.models import Consultation, MatchAnswer, Referral
from referrals.rules.reading import read_by, time_left
from referrals.rules.words import STATUSES
from reporting.desk.returns import returns_of
from reporting.desk.triage.fetched import referred_by, waited

OPEN_STATUSES = ("received", "read", "more_asked")
NEEDS_ME = "me"


@policy.permission("triage_referrals")
def triage(request):
    """Referrals that wait for a decision, oldest first; which of them stands in the address and survives a reload."""
    chosen, now = _chosen(request), timezone.now()
    page = fetch_page(request, _waiting(request, chosen), within="triaged_by")
    held, returns = maybe_held(page.object_list), returns_of(page.object_list)
    context = {
        "page": page,
        "rows": [_row(referral, now, held, returns) for referral in page],
        "chosen": chosen,
        "filters": _filters(request, chosen),
        "filtered": any(chosen.values()),
        "consultations": Consultation.objects.visible_to(request.scope).open().count(),
        "checks": MatchAnswer.objects.visible_to(request.scope).waiting().count(),
        "supervises": request.scope.may("supervise"),
    }
    return render(request, "desk/triage.html", context)


def _chosen(request):
    """The filters that the address asks for; what it does not know is left out."""
    known = {
        "needs": {NEEDS_ME},
        "site": {str(pk) for pk in request.scope.sites("triage_referrals")},
        "place": set(Place.objects.values_list("code", flat=True)),
        "door": set(dict(Referral.DOORS)),
        "status": set(OPEN_STATUSES),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}


def _waiting(request, chosen):
    referrals = Referral.objects.with_people().order_by("received_at", "id")
    columns = {"site": "site", "place": "place__code", "door": "door", "status": "status"}
    asked = {column: chosen[name] for name, column in columns.items() if chosen[name]}
    if chosen["needs"]:
        referrals = referrals.filter(needs(request.user))
    alerts = RiskAlert.objects.live().open().filter(about=OuterRef("reference"))
    return referrals.filter(**asked).with_news().annotate(worried=Exists(alerts))


def needs(user):
    """Mine to read (as reader or deputy, or as anybody's where none is named), or mine since I read it."""
    reader = (
        Q(site__first_reader=None) | Q(site__first_reader__reader=user) | Q(site__first_reader__deputy=user)
    )
    return Q(first_read_at=None) & reader | Q(first_read_by=user)


def _filters(request, chosen):
    """[(name, label, options, what is chosen)] as the page draws them."""
    sites = Site.objects.filter(pk__in=request.scope.sites("triage_referrals"))
    statuses = dict(STATUSES)
    options = {
        "needs": ("Whose", [("", "Everybody's"), (NEEDS_ME, "What needs me")]),
        "site": ("Site", [("", "Every site"), *((str(site.pk), site.name) for site in sites)]),
        "place": ("District", [("", "Every district"), *Place.objects.values_list("code", "name")]),
        "door": ("Door", [("", "Every door"), *Referral.DOORS]),
        "status": ("Status", [("", "Every status"), *((code, statuses[code]) for code in OPEN_STATUSES)]),
    }
    return [(name, label, offered, chosen[name]) for name, (label, offered) in options.items()]


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
        "flags": [*flags(referral), *(words for words, holds in marks if holds)],
        **reading(referral, now),
    }


def reading(referral, now):
    """How long there is to read it, in words, and whether it is late; nothing once somebody has."""
    if referral.first_read_at or referral.status != "received":
        return {"read": "", "late": False}
    by = referral.read_by_time or read_by(referral.received_at, ENGLAND)
    return {"read": time_left(now, by, ENGLAND), "late": now > by}


def flags(referral):
    """What to take note of, in words."""
    infants, carers = referral.infants.all(), referral.caregivers.all()
    found = [
        ("Unborn", any(infant.birth_date is None and infant.estimated_due_date for infant in infants)),
        ("Nobody named yet", not infants and not referral.patient_id),
        ("Interpreter", any(carer.needs_interpreter for carer in carers)),
        ("A carer's own help", referral.patient_id is not None),
        ("Without the parent's agreement", referral.permission == "lawful_basis"),
        ("Something was added", getattr(referral, "news_at", None)),
    ]
    return [text for text, holds in found if holds]
