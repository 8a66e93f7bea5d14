"""The shared progress page: nothing about one carer is shown to the other."""

from django.urls import reverse

from pairs.families.actions import raise_risk_alert
from pairs.families.models import Caution, Dyad, Infant


def get_shared_page(client, carer):
    return client.get(reverse("change-together", args=[carer.pk])).content.decode()


def test_nothing_of_another_carer_is_shown(sign_in_as, world):
    world.tom.change(communication_needs="Writes, does not speak", needs_interpreter=True, language="Urdu")
    by = world.cast["blackburn"]
    Caution.objects.create(
        family=world.family, kind="keep_apart", caregiver=world.sara, kept_from=world.tom, what="Tom hit Sara.",
        since=world.today,
    )  # fmt: skip
    raise_risk_alert(site=world.episode.site, family=world.family, what="Afraid of him", by=by)
    told = get_shared_page(sign_in_as("blackburn"), world.sara)
    for secret in ("Tom", "Urdu", "Writes", "apart", "Afraid"):
        assert secret not in told
    assert "Maya" in told


def test_another_carers_baby_is_not_in_its_banner(sign_in_as, world):
    zoe = Infant.objects.create(
        family=world.family, given_name="Zoe", reference="PI-2026-00002", birth_date=world.get_days_ago(900)
    )
    Dyad.objects.create(family=world.family, infant=zoe, caregiver=world.tom, relationship="father")
    client = sign_in_as("blackburn")
    assert "Zoe" not in get_shared_page(client, world.sara)
    assert "Zoe" in get_shared_page(client, world.tom)
