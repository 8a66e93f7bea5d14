"""Who waits for a way of working waits at the new site; who worked on it here and does not see it there, ends."""

import pytest
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention, InterventionWait
from interventions.plans.actions import wait_for_way
from interventions.plans.models import CoWorker
from reporting.desk.moves.actions import call_back_move
from tests.unit.moves.moving import FROM, TO, offered, site, taken_on, working_family

pytestmark = pytest.mark.django_db


def test_waits_and_co_workers_follow_a_move_and_come_back_with_it(cast):
    family, today = working_family(cast), timezone.localdate()
    episode = Episode.objects.get(family=family)
    emdr = Intervention.objects.get(code="emdr")
    wait_for_way(episode=episode, intervention=emdr, since=today, by=cast["hyndburn"])
    whose = {"episode": episode, "why": "Films", "since": today}
    stays = CoWorker.objects.create(user=cast["supervisor"], **whose)
    leaves = CoWorker.objects.create(user=cast["hub"], **whose)
    move = taken_on(cast, offered(cast, family))

    def now():
        ends = {each.pk: each.until for each in CoWorker.objects.all()}
        return InterventionWait.objects.get().site, ends

    assert now() == (site(TO), {stays.pk: None, leaves.pk: today})
    call_back_move(move=move, why="By mistake", by=cast["hyndburn"])
    assert now() == (site(FROM), {stays.pk: None, leaves.pk: None})
