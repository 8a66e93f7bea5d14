"""Twelve send the same link's answer at the same moment: one is kept, eleven find the link gone."""

import pytest
from django.utils import timezone

from outcomes.experience.actions import record_experience_answer
from outcomes.experience.models import ExperienceAnswer, ExperienceLink
from pairs.access.models import digest_token
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from tests.at_once import act_at_once

REQUEST_COUNT = 12
ANSWERS = {"overall": 1, "time_and_place": None, "knew_where": None, "trust": None}


@pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)
def test_of_many_concurrent_answers_one_is_stored(cloned_database):
    site = Site.objects.get(code="hyndburn")
    ExperienceLink.objects.create(token_hash=digest_token("t"), site=site, last_day=timezone.localdate())
    results = act_at_once(*[lambda: record_experience_answer(token="t", words="", **ANSWERS)] * REQUEST_COUNT)
    assert sum(isinstance(each, ActionRefused) for each in results) == REQUEST_COUNT - 1
    assert ExperienceAnswer.objects.count() == 1
    assert not ExperienceLink.objects.exists()
