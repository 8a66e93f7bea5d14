"""Twelve send the same link's answer at the same moment: one is kept, eleven find the link gone."""

import pytest
from django.utils import timezone

from outcomes.experience.actions import answer_by_link
from outcomes.experience.models import ExperienceAnswer, ExperienceLink
from pairs.access.models import digest
from pairs.service.models import Site
from pairs.service.refusals import Refused
from tests.unit.matching.test_merging_at_once import at_once

MANY = 12
ANSWERS = {"overall": 1, "time_and_place": None, "knew_where": None, "trust": None}


@pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)
def test_of_many_at_once_one_is_kept(cloned_database):
    site = Site.objects.get(code="hyndburn")
    ExperienceLink.objects.create(token_hash=digest("t"), site=site, last_day=timezone.localdate())
    results = at_once(*[lambda: answer_by_link(token="t", words="", **ANSWERS)] * MANY)
    assert sum(isinstance(each, Refused) for each in results) == MANY - 1
    assert ExperienceAnswer.objects.count() == 1
    assert not ExperienceLink.objects.exists()
