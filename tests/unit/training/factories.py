"""Training made by plain functions."""

from datetime import timedelta

from django.utils import timezone

from interventions.training import actions
from interventions.training.models import TrainingTopic
from pairs.service.models import Place, Site

SITE = "blackburn-with-darwen"


def make_programme(by, **changes):
    values = {"name": "Babies first", "site": Site.objects.get(code=SITE), "places": 12}
    values |= {"topics": list(TrainingTopic.objects.all()[:2]), "by": by}
    return actions.plan_programme(**values | changes)


def make_session(programme, by, *, days_ago=1, hours=2, **changes):
    starts_at = timezone.now() - timedelta(days=days_ago)
    starts_at = timezone.localtime(starts_at).replace(hour=9, minute=0, second=0, microsecond=0)
    values = {"place": Place.objects.get(code=SITE), "venue": "Hub", "starts_at": starts_at}
    values |= {"ends_at": starts_at + timedelta(hours=hours), "trainer": by, "second_trainer": None}
    return actions.add_session(programme=programme, by=by, **values | changes)


def make_attendee(programme, by, name="Mel Example", **changes):
    values = {
        "name": name,
        "group": "midwife",
        "workforce_group": "universal",
        "organisation": "Example Maternity",
        "email": f"{name.partition(' ')[0].lower() or 'nat'}@maternity.example",
        "place": Place.objects.get(code=SITE),
        "confidence_before": None,
        "confidence_after": None,
    }
    return actions.add_attendee(programme=programme, by=by, **values | changes)
