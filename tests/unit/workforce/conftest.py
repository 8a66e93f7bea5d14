"""Who leaves, who supervises them, and colleagues at their site."""

import pytest

from pairs.service.actions import assign_role
from pairs.service.models import Site, User


@pytest.fixture
def leaver(cast):
    return cast["blackburn"]


@pytest.fixture
def supervisor(cast):
    return cast["supervisor"]


@pytest.fixture
def site(leaver):
    return Site.objects.get(code="blackburn-with-darwen")


@pytest.fixture
def colleagues(site):
    """Two more practitioners at the leaver's site."""
    made = [
        User.objects.create(username=name, display_name=name.title(), email=f"{name}@pairs.example")
        for name in ("anwen", "bethan")
    ]
    for person in made:
        assign_role(user=person, role="practitioner", site=site)
    return made
