"""From an empty database to the first referral, by the steps of docs/operating/first-referral.md and no others."""

import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from referrals.models import Referral
from reporting.dashboards.service_settings.readiness import list_steps
from tests.unit.referrals.test_self_referral import build_request_data

PASSWORD = "violet-kettle-marching-otters"
COLLEAGUES = {
    "sam": ("Sam Supervisor", "supervisor"),
    "pat": ("Pat Practitioner", "practitioner"),
    "gail": ("Gail Governance", "governance"),
}


@pytest.fixture
def empty_service(db, settings, tmp_path):
    """Prepared, and nobody in it."""
    User.groups.through.objects.all().delete()
    settings.OFFICIAL_FILES = str(tmp_path)


def choose_password(link):
    """Whoever has the address chooses a password."""
    browser = Client()
    path = "/" + link.partition("://")[2].partition("/")[2]
    form = browser.get(path, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})


def sign_in(username):
    browser = Client()
    browser.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return browser


def find_link(text):
    return re.search(r"\S+/password/reset/key/\S+", text)[0]


def test_the_steps_lead_to_a_first_referral(empty_service):
    said = StringIO()
    call_command("setup_service", name="Ada Admin", username="ada", email="ada@nhs.example", stdout=said)
    choose_password(find_link(said.getvalue()))
    ada = sign_in("ada")
    hub = Site.objects.hub()
    assert hub.name in ada.get(reverse("sites")).content.decode()
    for username, (name, role) in COLLEAGUES.items():
        new = {"username": username, "display_name": name, "email": f"{username}@nhs.example", "role": role}
        ada.post(reverse("new-account"), new | {"site": hub.code})
        first = next(each for each in mail.outbox if each.to == [new["email"]])
        assert username in first.body
        choose_password(find_link(first.body))
    ada.post(
        reverse("new-destination"), {"name": "Family hub", "offers": "Groups", "how_to_start": "Walk in"}
    )
    left = ada.get(reverse("setup")).content.decode()
    assert "Still to do: Duty or supervisor, Deprivation, Postcodes." in left
    assert "before the first referral, 3 steps to do" in ada.get(reverse("home")).content.decode()
    Client().post(reverse("ask-for-help"), build_request_data())
    referral = Referral.objects.get()
    assert "before the first referral" not in ada.get(reverse("home")).content.decode()
    sam = sign_in("sam")
    assert sam.get(reverse("triage")).status_code == 200
    assert sam.get(reverse("decide-referral", args=[referral.pk])).status_code == 200


def test_a_first_password_is_not_called_a_new_one(empty_service):
    """Nothing can be revoked yet; whoever sets up the service passes the address on, and no e-mail says it again."""
    said = StringIO()
    call_command("setup_service", name="Ada Admin", username="ada", email="ada@nhs.example", stdout=said)
    assert mail.outbox == []
    path = "/" + find_link(said.getvalue()).partition("://")[2].partition("/")[2]
    page = Client().get(path, follow=True).content.decode()
    assert '<h1 class="nhsuk-heading-l">Choose a password</h1>' in page
    assert "Revoke my API tokens" not in page


def test_a_site_whose_referrals_no_one_reads_is_still_to_do(empty_service):
    """A supervisor at a satellite sees nothing of the hub, where requests without a district arrive."""
    call_command(
        "setup_service", name="Ada Admin", username="ada", email="ada@nhs.example", stdout=StringIO()
    )
    reader = User.objects.create(username="sam")
    for site in Site.objects.open_on(timezone.localdate()).exclude(is_hub=True):
        assign_role(user=reader, role="supervisor", site=site)
    (step,) = [each for each in list_steps() if each.name == "Duty or supervisor"]
    assert (step.is_done, step.text.split(":")[0]) == (False, f"No one yet at {Site.objects.hub()}")
    assign_role(user=reader, role="duty", site=Site.objects.hub())
    (step,) = [each for each in list_steps() if each.name == "Duty or supervisor"]
    assert step.is_done
