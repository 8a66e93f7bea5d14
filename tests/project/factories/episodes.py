"""The work of each home: an episode with its way of working, goal, contacts and measures."""

from datetime import timedelta

from django.utils import timezone

from interventions.episodes.models import (
    CareContact,
    Episode,
    Goal,
    Intervention,
    InterventionUse,
    NotePart,
    Participant,
)
from outcomes.experience.models import ExperienceAnswer, ExperienceInvitation, ExperienceLink
from outcomes.models import Assessment, GoalRating, MeasureLink
from pairs.access.models import digest_token
from tests.project.factories.contacts import create_note_reviews

LINK_TOKEN = "a-link-that-works"  # of a professional without an account, and of a parent
EXPERIENCE_TOKEN = "a-link-to-say-how-it-was"  # of a carer of each home: whose it is, is nowhere


def create_episode(home):
    made, on = home.objects, timezone.localdate()
    episode = Episode.objects.create(
        family=home.family,
        referral=made["accepted"],
        site=home.site,
        lead=home.worker,
        opened_on=on - timedelta(days=60),
        thrive="help",
    )
    episode.focus.set([made["dyad_id"]])
    way = Intervention.objects.order_by("order").first() or Intervention.objects.create(
        code="way", name="An intervention", shape="open"
    )
    InterventionUse.objects.create(episode=episode, intervention=way, started_on=on - timedelta(days=60))
    goal = Goal.objects.create(
        episode=episode, dyad=made["dyad_id"], words=f"Hope {home.name}", set_on=on - timedelta(days=50)
    )
    made |= {"episode_id": episode, "goal_id": goal}
    made["contact_id"], _ = _create_contact(home, days=5)
    made["signed_contact"], made["note_id"] = _create_contact(home, days=9, signed_at=timezone.now())
    made["sealed_contact"], _ = _create_contact(home, days=11)
    made["sealed_contact"].change(entered_in_error_at=timezone.now(), entered_in_error_by=home.worker)
    create_note_reviews(home)
    _create_outcomes(home)
    _create_experience(home)


def _create_contact(home, *, days, signed_at=None):
    """A contact and its note: still being written, or signed."""
    made = home.objects
    care_contact = CareContact.objects.create(
        episode=made["episode_id"],
        starts_at=timezone.now() - timedelta(days=days),
        minutes=50,
        mechanism="01",
        location="A01",
        practitioner=home.worker,
        signed_at=signed_at,
    )
    for person in ("infant", "caregiver"):
        Participant.objects.create(
            care_contact=care_contact, attendance="attended", **{person: made[f"{person}_id"]}
        )
    note = NotePart.objects.create(
        care_contact=care_contact,
        part="happened",
        text=f"Note {home.name}",
        written_by=home.worker,
        signed_at=signed_at,
    )
    return care_contact, note


def _create_outcomes(home):
    made, on = home.objects, timezone.localdate()
    made["assessment_id"] = Assessment.objects.create(
        episode=made["episode_id"],
        dyad=made["dyad_id"],
        measure="prfq",
        measure_version="1",
        timepoint="start",
        rater=made["caregiver_id"],
        completed_on=on - timedelta(days=40),
        responses={},
        scores={},
        scoring_version="1",
        recorded_by=home.worker,
    )
    made["link_id"] = MeasureLink.objects.create(
        episode=made["episode_id"],
        dyad=made["dyad_id"],
        measure="prfq",
        timepoint="end",
        token_hash=digest_token(LINK_TOKEN if home.name == "blackburn" else home.name),
        made_by=home.worker,
        expires_at=timezone.now() + timedelta(days=2),
    )
    GoalRating.objects.create(
        goal=made["goal_id"],
        timepoint="start",
        score=3,
        rated_on=on - timedelta(days=40),
        rater=made["caregiver_id"],
        recorded_by=home.worker,
    )


def _create_experience(home):
    """A carer was asked, a link works, and somebody answered."""
    made, on = home.objects, timezone.localdate()
    until = on + timedelta(days=9)
    ExperienceInvitation.objects.create(
        episode=made["episode_id"],
        caregiver=made["caregiver_id"],
        asked_by=home.worker,
        asked_on=on - timedelta(days=12),
        last_day=until,
    )
    ExperienceLink.objects.get_or_create(
        token_hash=digest_token(EXPERIENCE_TOKEN), defaults={"site": home.site, "last_day": until}
    )
    ExperienceAnswer.objects.create(site=home.site, month=on.replace(day=1), way="paper", overall=1)
