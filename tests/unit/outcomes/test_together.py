"""The page to look at together: what is known of one carer is not for the other's eyes."""

from django.urls import reverse

from pairs.families.actions import raise_risk_alert
from pairs.families.models import Caution, Dyad, Infant


def shown(client, carer):
    return client.get(reverse("change-together", args=[carer.pk])).content.decode()


def test_nothing_of_another_carer_is_on_it(signed_in, world):
    world.tom.change(communication_needs="Writes, does not speak", needs_interpreter=True, language="Urdu")
    by = world.cast["blackburn"]
    Caution.objects.create(
        family=world.family, kind="keep_apart", caregiver=world.sara, kept_from=world.tom, what="Tom hit Sara.",
        since=world.today,
    )  # fmt: skip
    raise_risk_alert(site=world.episode.site, family=world.family, what="Afraid of him", by=by)
    told = shown(signed_in("blackburn"), world.sara)
    for secret in ("Tom", "Urdu", "Writes", "apart", "Afraid"):
        assert secret not in told
    assert "Maya" in told


def test_another_carers_baby_is_not_in_its_banner(signed_in, world):
    zoe = Infant.objects.create(
        family=world.family, given_name="Zoe", reference="PI-2026-00002", birth_date=world.ago(900)
    )
    Dyad.objects.create(family=world.family, infant=zoe, caregiver=world.tom, relationship="father")
    client = signed_in("blackburn")
    assert "Zoe" not in shown(client, world.sara)
    assert "Zoe" in shown(client, world.tom)
