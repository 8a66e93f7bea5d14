"""What of this app a colleague or a site holds (pairs/service/hooks.py): sessions of training to come."""

from django.db.models import QuerySet
from django.utils import timezone

from interventions.training.models import TrainingSession
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day_and_time

WORDS = ("training session", "training sessions", "training")


def list_held_work(user: User) -> list[HeldWork]:
    """Sessions to come where this person is the trainer, or the second."""
    rows = _query_coming().select_related("programme")
    first = mark_held(
        rows.filter(trainer=user), site="programme__site_id", family=NO_FAMILY, barred=["second_trainer_id"]
    )
    second = mark_held(
        rows.filter(second_trainer=user), site="programme__site_id", family=NO_FAMILY, barred=["trainer_id"]
    )
    return [
        HeldWork(first, *WORDS, "write_records", TRAINER),
        HeldWork(second, *WORDS, "write_records", SECOND_TRAINER),
    ]


def list_site_work(site: Site) -> list[HeldWork]:
    """Sessions to come of the site's training."""
    return [HeldWork(_query_coming().filter(programme__site=site), *WORDS, "write_records")]


def _query_coming() -> QuerySet[TrainingSession]:
    return TrainingSession.objects.standing().filter(starts_at__gt=timezone.now())


def _describe(session: TrainingSession) -> str:
    return f"{session.programme}, {format_day_and_time(session.starts_at)}"


TRAINER = HandOverRule("training", pass_field("trainer"), _describe)
SECOND_TRAINER = HandOverRule("second-training", pass_field("second_trainer"), _describe)
