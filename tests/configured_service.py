"""A running service with everything that is off by default."""

import pytest

from tests.identity_provider import CLIENT, SECRET, run_identity_provider

__all__ = ["configured_service", "identity_provider"]
ASSURANCE = "urn:example:two-factors"


@pytest.fixture(scope="session")
def identity_provider():
    with run_identity_provider() as running:
        yield running


@pytest.fixture(scope="session")
def configured_service(start_service, identity_provider, tmp_path_factory):
    """It asks for a second factor, knows a provider of identities, and keeps figures for a monitoring system."""
    named = {
        "SINGLE_SIGN_ON_URL": identity_provider.url,
        "SINGLE_SIGN_ON_NAME": "Example Care Identity",
        "SINGLE_SIGN_ON_CLIENT": CLIENT,
        "SINGLE_SIGN_ON_SECRET": SECRET,
        "SINGLE_SIGN_ON_ASSURANCE": ASSURANCE,
        "REQUIRE_SECOND_FACTOR": "1",
        "METRICS_FOLDER": str(tmp_path_factory.mktemp("metrics")),
    }
    with start_service(names=("web",), env=named) as service:
        yield service
