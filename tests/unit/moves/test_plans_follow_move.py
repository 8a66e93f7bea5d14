"""Who waits for a way of working waits at the new site; who worked on it here and does not see it there, ends."""

import pytest
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention, InterventionWait
from interventions.plans.actions import start_wait
from interventions.plans.models import CoWorker
from reporting.dashboards.moves.actions import call_back_move
from tests.unit.moves.factories import (
    FROM_SITE,
    TO_SITE,
    get_site,
    make_accepted_move,
    make_offered_move,
    make_working_family,
)

pytestmark = pytest.mark.django_db


def test_waits_and_co_workers_follow_a_move_and_come_back_with_it(cast):
    family, today = make_working_family(cast), timezone.localdate()
    episode = Episode.objects.get(family=family)
    emdr = Intervention.objects.get(code="emdr")
    start_wait(episode=episode, intervention=emdr, since=today, by=cast["hyndburn"])
    whose = {"episode": episode, "why": "Films", "since": today}
    stays = CoWorker.objects.create(user=cast["supervisor"], **whose)
    leaves = CoWorker.objects.create(user=cast["hub"], **whose)
    move = make_accepted_move(cast, make_offered_move(cast, family))

    def read_state():
        ends = {each.pk: each.until for each in CoWorker.objects.all()}
        return InterventionWait.objects.get().site, ends

    assert read_state() == (get_site(TO_SITE), {stays.pk: None, leaves.pk: today})
    call_back_move(move=move, why="By mistake", by=cast["hyndburn"])
    assert read_state() == (get_site(FROM_SITE), {stays.pk: None, leaves.pk: None})
