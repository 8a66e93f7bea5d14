"""A family at Blackburn with Darwen with an open episode, and a link that works."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outcomes.experience.models import ExperienceLink
from pairs.access.models import digest_token
from pairs.service.models import Site
from tests.unit.episodes.factories import make_episode

LINK_TOKEN = "a-token-of-a-link"
LINK_PATH = f"/how-it-was/{LINK_TOKEN}/"


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"])


@pytest.fixture
def site(cast):
    return Site.objects.get(code="blackburn-with-darwen")


@pytest.fixture
def working_link(site):
    until = timezone.localdate() + timedelta(days=3)
    return ExperienceLink.objects.create(token_hash=digest_token(LINK_TOKEN), site=site, last_day=until)


@pytest.fixture
def sign_in_as(client, cast):
    def sign_in(username):
        client.force_login(cast[username])
        return client

    return sign_in
