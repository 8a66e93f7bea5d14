"""Made-up competences: who may deliver what, an accreditation that ends soon, and deliveries under supervision."""

from datetime import date, timedelta

from django.db.models import Count

from interventions.competencies.actions import record_competence, set_requirement, sign_off_delivery
from interventions.competencies.models import query_unsigned_uses
from interventions.competencies.rules import Arrangement, Level, Needs
from interventions.episodes.models import Intervention, query_possible_leads
from pairs.service.models import Site, User

VIG, NBO = "video-interaction-guidance", "nbo"
NEEDS = {VIG: Needs.ACCREDITATION, NBO: Needs.COMPETENCE}
ACCREDITED_BY = "Example training body"
NOT_ACCREDITED = {"accredited_by": "", "accredited_until": None}
ENDS_SOON = timedelta(days=40)
SUPERVISORS = ("hub", "supervisor")
LEFT_TO_SIGN = 1  # deliveries that wait for a supervisor


def seed_competences(until: date) -> int:
    """How many were made: everybody who leads may deliver VIG but one, who has the fewest such families."""
    by = User.objects.get(username="supervisor")
    for code, needs in NEEDS.items():
        set_requirement(intervention=Intervention.objects.get(code=code), needs=needs, by=by)
    learner, made = _choose_learner(until), 0
    for site in Site.objects.open_on(until):
        for order, person in enumerate(query_possible_leads(site.pk)):
            made += _seed_person(person, site, order, until, is_learner=person.pk == learner, by=by)
    _sign_off(until, by)
    return made


def _choose_learner(on: date) -> object:
    """The lead with the fewest families who have VIG."""
    led = query_unsigned_uses(on).exclude(episode__lead__username__in=SUPERVISORS).order_by()
    fewest = (
        led.values("episode__lead").annotate(n=Count("pk")).order_by("n", "episode__lead__username").first()
    )
    return fewest["episode__lead"] if fewest else None


def _seed_person(person: User, site: Site, order: int, until: date, *, is_learner: bool, by: User) -> int:
    if person.competences.exists():  # of another of their sites
        return 0
    shared = {"person": person, "site": site, "by": by, "trained_on": until - timedelta(days=400)}
    level = Level.SUPERVISE if person.username in SUPERVISORS else Level.INTERVENE
    accredited = NOT_ACCREDITED if is_learner else _choose_accreditation(person, order, until)
    record_competence(
        intervention=Intervention.objects.get(code=VIG), training="Video Interaction Guidance, initial training",
        level=Level.AWARE if is_learner else level, **shared, **accredited,
    )  # fmt: skip
    record_competence(
        intervention=Intervention.objects.get(code=NBO), training="Newborn Behavioural Observations training",
        level=Level.INTERVENE, **shared, **NOT_ACCREDITED,
    )  # fmt: skip
    return 2


def _choose_accreditation(person: User, order: int, until: date) -> dict[str, object]:
    """One of them ends soon, the others within years."""
    ends = ENDS_SOON if person.username == "blackburn" else timedelta(days=500 + 90 * order)
    return {"accredited_by": ACCREDITED_BY, "accredited_until": until + ends}


def _sign_off(on: date, by: User) -> None:
    """Most of the learner's deliveries are signed off; a few wait."""
    colleague = User.objects.get(username="hub")
    for use in query_unsigned_uses(on).exclude(episode__lead=by).order_by("started_on", "pk")[LEFT_TO_SIGN:]:
        sign_off_delivery(
            use=use, arrangement=Arrangement.SUPERVISED, by_colleague=colleague, by_outside="",
            note="Films are watched together every two weeks.", by=by,
        )  # fmt: skip
