"""A family at Blackburn with Darwen with an open episode, and a link that works."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outcomes.experience.models import ExperienceLink
from pairs.access.models import digest
from pairs.service.models import Site
from tests.unit.episodes.work import make_episode

TOKEN = "a-token-of-a-link"
LINK = f"/how-it-was/{TOKEN}/"


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"])


@pytest.fixture
def site(cast):
    return Site.objects.get(code="blackburn-with-darwen")


@pytest.fixture
def link(site):
    until = timezone.localdate() + timedelta(days=3)
    return ExperienceLink.objects.create(token_hash=digest(TOKEN), site=site, last_day=until)


@pytest.fixture
def signed_in(client, cast):
    def as_(username):
        client.force_login(cast[username])
        return client

    return as_
