"""Sample families to try every address with: one of every record at each site, and in a restricted family."""

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from pairs.access.models import ApiToken, FactorReset
from pairs.audit.models import DailyDigest, Destruction
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.actions import grant_family_access
from pairs.families.models import (
    Address,
    Caregiver,
    Caution,
    Dyad,
    ExclusionGroup,
    Family,
    FamilyMove,
    Infant,
    RiskAlert,
    RiskAlertStep,
)
from pairs.geography.models import ImportRun
from pairs.jobs.models import Job
from pairs.matching.actions import merge_people
from pairs.restrictions.models import FamilyRestriction, OwnRecordAnswer
from pairs.restrictions.rules import OwnRecordKind
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.service.models import Place, RoleTerm, Site, User
from pairs.submissions.models import Submission
from referrals.models import (
    Concern,
    FirstReader,
    MatchAnswer,
    Referral,
    ReferredCaregiver,
    ReferredInfant,
    ReferrerLink,
)
from tests.project.factories.collaboration import create_collaboration
from tests.project.factories.consultations import create_consultation
from tests.project.factories.diary import create_calendar_token, create_diary
from tests.project.factories.disclosures import create_reply_and_destination, create_village
from tests.project.factories.endings import create_endings
from tests.project.factories.episodes import LINK_TOKEN, create_episode
from tests.project.factories.groups import create_films, create_group
from tests.project.factories.performance import create_reports
from tests.project.factories.plans import create_plans
from tests.project.factories.posts import create_posts
from tests.project.factories.retention import create_retention
from tests.project.factories.subject_access import create_subject_access
from tests.project.factories.supervision import create_supervision
from tests.project.factories.training import create_outreach, create_training
from tests.project.factories.workforce import create_workforce

UNKNOWN_ID = uuid.UUID("00000000-0000-4000-8000-000000000000")
# where: (site, who works there, who referred, restricted)
SAMPLE_FAMILIES = {
    "blackburn": ("blackburn-with-darwen", "blackburn", "healthvisitor", False),
    "hyndburn": ("hyndburn", "hyndburn", "healthvisitor2", False),
    "restricted": ("blackburn-with-darwen", "blackburn", "healthvisitor", True),
    "moving": ("hyndburn", "hyndburn", "healthvisitor2", False),
}
# where: (site it was offered to, how that stands). Only an offer that waits lets the other site read.
SAMPLE_MOVES = {
    "blackburn": ("hyndburn", "declined"),
    "hyndburn": ("blackburn-with-darwen", "declined"),
    "restricted": ("hyndburn", "declined"),
    "moving": ("blackburn-with-darwen", "offered"),
}


@dataclass
class SampleFamily:
    """One family and one of everything known about it, by the parameter that names it in an address."""

    name: str
    site: Site
    family: Family
    worker: User
    referrer: User
    colleague: User
    objects: dict = field(default_factory=dict)

    def list_ids(self):
        return {parameter: row.pk for parameter, row in self.objects.items()}


def build_sample_families(cast, wanted=tuple(SAMPLE_FAMILIES)):
    """{where: Home} of those wanted. Family grants are listed in oracle.GRANTED."""
    homes = {where: _build_sample_family(where, cast, *SAMPLE_FAMILIES[where]) for where in wanted}
    _create_referrer_link()
    _create_digest()
    _create_destruction(cast)
    create_calendar_token(cast["blackburn"])
    given = (("blackburn", "peer", "peer_support"), ("restricted", "hub", "care"))
    for where, username, purpose in (each for each in given if each[0] in homes):
        grant = grant_family_access(
            family=homes[where].family,
            user=cast[username],
            purpose=purpose,
            reason="Requested by the family",
            by=cast["supervisor"],
        )
        if purpose == "care":
            homes[where].objects["grant_id"] = grant
    return homes


def _create_digest():
    """As if everything before these families had been signed."""
    until = timezone.localdate() - timedelta(days=2)
    DailyDigest.objects.create(since=until, until=until, tables={}, signature="0" * 64)


def _create_destruction(cast):
    """The stub of a record that two people destroyed."""
    day = timezone.localdate()
    Destruction.objects.create(
        reference="PI-2001-00001",
        site=Site.objects.get(code="blackburn-with-darwen"),
        first_day=day,
        last_contact=day,
        due_on=day,
        rule="Kept for 20 years after the last contact",
        decided_at=timezone.now(),
        decided_by=cast["governance"],
        confirmed_at=timezone.now(),
        confirmed_by=cast["supervisor"],
        rows={},
        resealed=[],
        signature="1" * 64,
    )


def _create_referrer_link():
    """A professional's link, opened, and no page of the referral written yet."""
    link = ReferrerLink.objects.create(
        email="gita@surgery.example",
        token_hash=hashlib.sha256(LINK_TOKEN.encode()).hexdigest(),
        expires_at=timezone.now() + timedelta(hours=20),
        opened_at=timezone.now(),
    )
    Submission.objects.create(id=link.draft, kind="refer-by-link")


def _build_sample_family(where, cast, site_code, worker, referrer, restricted):
    site = Site.objects.get(code=site_code)
    place = Place.objects.filter(covering_site=site).first()
    family = Family.objects.create(site=site, place=place, restricted=restricted)
    home = SampleFamily(where, site, family, cast[worker], cast[referrer], cast["supervisor"])
    home.objects["family_id"] = family
    _create_people(home)
    create_village(home)
    _create_referrals(home, place)
    _create_match_answer(home, cast)
    home.objects["consultation_id"] = create_consultation(home, place)
    create_reply_and_destination(home)
    _create_safeguarding(home)
    create_episode(home)
    create_plans(home, cast)
    create_diary(home)
    create_films(home)
    create_group(home)
    create_endings(home)
    create_supervision(home, cast)
    _create_merge(home)
    _create_move(home)
    create_collaboration(home, cast)
    create_workforce(home, cast)
    _create_restriction(home)
    _create_emergency_access(home)
    create_retention(home)
    create_posts(home)
    create_training(home)
    create_outreach(home)
    create_subject_access(home)
    _create_personal_records(home)
    home.objects["call_id"] = Submission.objects.create(user=cast["duty"], kind="phone-in", data={})
    return home


def _create_restriction(home):
    """Every home has one, so that each is tried; the record of one home alone is restricted."""
    today, made = timezone.localdate(), home.objects
    shared = {"because": f"Restricted {home.name}", "made_by": home.colleague, "review_on": today}
    later = timezone.now() + timedelta(minutes=1)  # than the row is made
    ended = {"ended_at": later, "ended_by": home.colleague, "ended_because": "No longer needed"}
    reviewed = {"reviewed_at": timezone.now(), "reviewed_by": home.colleague, "review_note": "Still needed"}
    FamilyRestriction.objects.create(family=home.family, **shared, **ended)
    made["restriction_id"] = FamilyRestriction.objects.create(family=home.family, **shared, **reviewed)
    if home.name != "restricted":  # there it is another colleague
        made["grant_id"] = grant_family_access(
            family=home.family,
            user=home.colleague,
            purpose="care",
            reason=f"Named {home.name}",
            by=home.colleague,
        )


def _create_emergency_access(home):
    """One that waits for its review; what it opened has ended."""
    home.objects["emergency_access_id"] = EmergencyAccess.objects.create(
        family=home.family,
        opened_by=home.colleague,
        reason=f"Emergency {home.name}",
        until=timezone.now(),
    )
    home.objects["own_record_answer_id"] = OwnRecordAnswer.objects.create(
        family=home.family, person=home.colleague, answer=OwnRecordKind.KNOWN
    )


def _create_people(home):
    made = home.objects
    ExclusionGroup.objects.get_or_create(code="homeless", defaults={"name": "Homeless"})
    made["caregiver_id"] = Caregiver.objects.create(
        family=home.family,
        given_name=f"Cora{home.name}",
        family_name="Carer",
        email=f"cora@{home.name}.example",
    )
    made["infant_id"] = Infant.objects.create(
        family=home.family,
        reference=f"PI-{home.name[:4]}-1",
        given_name=f"Baby{home.name}",
        estimated_due_date=timezone.localdate() + timedelta(days=40),
        carried_by=made["caregiver_id"],
    )
    # Six weeks old and more, and no NHS number: the rules say that one is due.
    made["subject_id"] = Infant.objects.create(
        family=home.family,
        reference=f"PI-{home.name[:4]}-2",
        given_name=f"Elder{home.name}",
        birth_date=timezone.localdate() - timedelta(days=200),
    )
    # Lost by mistake, so that it can be taken back.
    made["lost_id"] = Infant.objects.create(
        family=home.family,
        reference=f"PI-{home.name[:4]}-3",
        given_name=f"Missed{home.name}",
        estimated_due_date=timezone.localdate() + timedelta(days=40),
        lost_on=timezone.localdate() - timedelta(days=30),
        loss="miscarriage",
    )
    made["dyad_id"] = Dyad.objects.create(
        family=home.family,
        infant=made["subject_id"],
        caregiver=made["caregiver_id"],
        relationship="mother",
        main_carer=True,
    )
    made["address_id"] = Address.objects.create(
        family=home.family, caregiver=made["caregiver_id"], lines=f"1 {home.name} Street", postcode="ZQ1 1AA"
    )
    made["alert_id"] = RiskAlert.objects.create(
        family=home.family, site=home.site, what=f"Worry {home.name}", raised_by=home.worker, lead=home.worker
    )


def _create_safeguarding(home):
    made, today = home.objects, timezone.localdate()
    shared = {"family": home.family, "recorded_by": home.worker}
    RiskAlertStep.objects.create(alert=made["alert_id"], kind="escalated", by=None, at=timezone.now())
    made["child_id"] = HouseholdChild.objects.create(family=home.family, name=f"Sibling {home.name}")
    made["status_id"] = SafeguardingStatus.objects.create(
        infant=made["infant_id"], kind="in_need", since=today - timedelta(days=20), review_on=today, **shared
    )
    made["concern_id"] = SafeguardingConcern.objects.create(
        infant=made["subject_id"],
        what=f"Seen {home.name}",
        noticed_on=today - timedelta(days=2),
        told="Social care, at noon",
        decision="referred",
        why=f"Because {home.name}",
        family_told="agreed",
        chase_by=today,
        **shared,
    )
    ConcernStep.objects.create(
        concern=made["concern_id"], kind="note", text="Words", by=home.worker, at=timezone.now()
    )
    made["caution_id"] = Caution.objects.create(
        family=home.family,
        kind="keep_apart",
        caregiver=made["caregiver_id"],
        kept_from_name="Someone",
        what=f"An order {home.name}",
        since=today - timedelta(days=20),
    )


def _create_referrals(home, place):
    """One that is an episode now, one accepted and waiting for it, and one that waits for triage."""
    made = home.objects
    taken = {"status": "accepted", "response": "direct", "family": home.family, "decided_at": timezone.now()}
    made["accepted"], made["to_open"] = (
        create_referral(home, place, **taken),
        create_referral(home, place, first_visit_together=True, **taken),
    )
    again = home.family if home.family.restricted else None  # a restricted family, referred once more
    made["referral_id"] = create_referral(home, place, family=again)
    made["named_id"] = made["referral_id"].infants.get()
    ended = {"status": "consultation", "response": "consultation", "decided_at": timezone.now()}
    made["ended"] = create_referral(home, place, family=again, **ended)


def _create_match_answer(home, cast):
    """Somebody named who may be the held carer, put to whoever may see them; and who reads first at the site."""
    made, referral = home.objects, home.objects["referral_id"]
    made["check_id"] = MatchAnswer.objects.create(
        referral=referral,
        named_caregiver=referral.caregivers.get(),
        caregiver=made["caregiver_id"],
        answer="asked",
        at=timezone.now(),
    )
    readers = {"reader": cast["duty"], "deputy": cast["supervisor"]}
    FirstReader.objects.get_or_create(site=home.site, defaults=readers)


def create_referral(home, place, **details):
    referral = Referral.objects.create(
        reference=f"R-{home.name[:4]}-{uuid.uuid4().hex[:6]}",
        site=home.site,
        place=place,
        entry_point="professional",
        source_code="A2",
        referrer=home.referrer,
        team=home.referrer.team,
        received_at=timezone.now() - timedelta(days=9),
        permission="parent_agrees",
        noticed=f"Noticed {home.name}",
        **details,
    )
    referral.concerns.set(Concern.objects.all()[:1])
    ReferredInfant.objects.create(
        referral=referral, given_name=f"Named{home.name}", birth_date=date(2026, 5, 1)
    )
    ReferredCaregiver.objects.create(
        referral=referral, given_name=f"Mum{home.name}", relationship="mother", main_carer=True
    )
    return referral


def _create_merge(home):
    """The carer had been typed twice."""
    twice = Caregiver.objects.create(family=home.family, given_name=f"Cora{home.name}", family_name="Carer")
    home.objects["merge_id"] = merge_people(
        kept=home.objects["caregiver_id"], merged=twice, choices={}, reason="The same person", by=home.worker
    )


def _create_move(home):
    to_site, status = SAMPLE_MOVES[home.name]
    now = timezone.now()
    answer = {} if status == "offered" else {"answered_by": home.worker, "answered_at": now}
    home.objects["move_id"] = FamilyMove.objects.create(
        family=home.family,
        from_site=home.site,
        to_site=Site.objects.get(code=to_site),
        status=status,
        reason=f"Moved {home.name}",
        offered_by=home.worker,
        offered_at=now,
        **answer,
    )


def _create_personal_records(home):
    """What belongs to one person alone: a token, a draft; and an account, a report."""
    later = timezone.now() + timedelta(days=30)
    held = home.worker.groups.first().roleatsite
    RoleTerm.objects.create(user=home.worker, held=held, starts_on=date(2020, 1, 1))
    token, _ = ApiToken.issue(user=home.worker, name=f"token {home.name}", expires_at=later)
    draft = Submission.objects.create(user=home.worker, kind="kept", data={"": {"what": [home.name]}})
    written = Submission.objects.create(user=home.referrer, kind="refer", data={})
    home.objects["factor_reset_id"] = FactorReset.objects.get_or_create(
        user=home.worker, defaults={"reason": "Lost phone", "asked_by": home.colleague}
    )[0]
    home.objects |= {
        "token_id": token,
        "submission_id": draft,
        "token": written,
        "user_id": home.worker,
        "site_id": home.site,
        "run_id": ImportRun.objects.create(
            job=Job.objects.create(task="none", key=f"run {home.name}"),
            kind="postcodes",
            file_name="directory.csv",
            takes=False,
            asked_by=home.worker,
        ),
        "district_id": home.site.places.first() or Place.objects.order_by("code").first(),
        **create_reports(date(2020, 1 + list(SAMPLE_FAMILIES).index(home.name), 1), home),
    }
