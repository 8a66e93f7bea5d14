"""An adoption is never crossed: every address there is, as every role, on the birth's side and on the new one.

The addresses are read from the URLconf, so that a page, list, search, letter or export built later is tried too.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.families.actions import raise_risk_alert, record_adoption
from pairs.families.models import Adoption, Dyad, Family, Infant
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from referrals.models import ReferredInfant
from tests.cast import CAST, find_cast
from tests.project import expected_access
from tests.project.crawler import (
    LONG_RUN,
    OTHER_PARAMETERS,
    choose_some_people,
    keep_session_fresh,
    list_matrix_addresses,
)
from tests.project.expected_access import FORBIDDEN, OPEN
from tests.project.factories import sample_families
from tests.unit.families.factories import DUE

GOVERNANCE_PAGES = {"adoptions"}  # the one page that holds both sides
NEW_SITE = "hyndburn"
# Nothing like the birth names, which a search that forgives misspelling would rightly find as well.
NEW_GIVEN_NAMES = {"blackburn": "Wilfred", "hyndburn": "Quincy"}


@dataclass
class AdoptionSide:
    """One side of an adoption: ids by parameter, and words that belong to this side alone."""

    ids: dict
    words: set


@pytest.fixture(scope="module")
def adoption_sides(django_db_setup, django_db_blocker):
    """{side's name: Side} of two adoptions: one child leaves a sibling behind, the other was the only one."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = find_cast()
        homes = sample_families.build_sample_families(cast, ["blackburn", "hyndburn"])
        found = {}
        for where in ("blackburn", "hyndburn"):
            found |= _record_adoption(homes[where], cast, alone=where == "hyndburn")
        yield found
        transaction.set_rollback(True)


def _record_adoption(home, cast, *, alone):
    child = home.objects["subject_id"]
    child.nhs_number = {"blackburn": "9990000018", "hyndburn": "9990000026"}[home.name]
    child.save()
    ReferredInfant.objects.filter(referral__family=home.family).update(became=child)
    if alone:
        _make_only_child(home, child)
    made = record_adoption(
        infant=child,
        adopted_on=timezone.localdate(),
        given_name=NEW_GIVEN_NAMES[home.name],
        family_name="Newname",
        site=Site.objects.get(code=NEW_SITE),
        by=cast["governance"],
    )
    new = made.new_infant
    birth_words = {child.given_name, child.reference, child.nhs_number, str(child.pk), f"Hope {home.name}"}
    new_words = {new.given_name, new.reference, str(new.pk), str(new.family_id)}
    own = {"family_id": new.family_id, "infant_id": new.pk, "subject_id": new.pk, "lost_id": new.pk}
    return {
        f"birth side of {home.name}": AdoptionSide(home.list_ids(), birth_words),
        f"new side of {home.name}": AdoptionSide(own, new_words),
    }


def _make_only_child(home, child):
    home.objects["alert_id"].closed_at = timezone.now()
    home.objects["alert_id"].save()
    others = Infant.objects.filter(family=home.family).exclude(pk=child.pk)
    others.update(entered_in_error_at=timezone.now())


def list_clients():
    """Everybody who is signed in, as they are in the cast."""
    from django.contrib.auth import get_user_model

    for username in CAST:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        keep_session_fresh(client)
        yield username, client


def list_addresses_to_try():
    return [each for each in list_matrix_addresses() if each.policy and each.name not in GOVERNANCE_PAGES]


def build_path(address, ids):
    """The address with this side's ids, where the side has them; without ids, None for the second side."""
    route = "/" + address.route
    for name, _ in address.parameters:
        value = OTHER_PARAMETERS.get(name) or ids.get(
            expected_access.get_object_name(address) if address.ids else name
        )
        route = re.sub(rf"<\w+:{name}>", str(value or sample_families.UNKNOWN_ID), route)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace("<provider_id>", "x").replace("^", "").rstrip("$")


def get_body(client, path):
    """What the page says, with nothing kept of the visit."""
    with transaction.atomic():
        page = client.get(path)
        text = b"".join(page) if page.streaming else page.content
        transaction.set_rollback(True)
    return page.status_code, text.decode(errors="replace")


@pytest.mark.prove
def test_no_page_says_anything_of_the_other_side(adoption_sides, django_db_blocker):
    crossed, opened = [], 0
    with django_db_blocker.unblock():
        everybody = dict(list_clients())
        for address in list_addresses_to_try():
            for username in _choose_readers(address):
                for name, side in _asked_about(adoption_sides, address):
                    status, text = get_body(
                        everybody[username], build_path(address, side.ids if side else {})
                    )
                    opened += status == 200
                    said = sorted(word for word in list_forbidden_words(adoption_sides, name) if word in text)
                    if said:
                        crossed.append(f"{address} as {username}, {name}: {said}")
    assert crossed == [], "\n".join(crossed)
    assert opened > 100


def _asked_about(sides, address):
    """Both sides of one adoption, at another address of the other one; of both adoptions in the long proof."""
    if not address.ids:
        return [("any side", None)]
    home = ("blackburn", "hyndburn")[len(address.name) // 2 % 2]
    return [(name, side) for name, side in sides.items() if LONG_RUN or name.endswith(home)]


def _choose_readers(address):
    """One of those let in at one of the sites, another at another address; everybody in the long proof."""
    sites = ("blackburn", "hyndburn")
    places = (None,) if not address.ids else sites if LONG_RUN else (sites[len(address.name) % 2],)
    let_in = (
        [each for each in CAST if expected_access.get_expected_outcome(each, address, "GET", where) == OPEN]
        for where in places
    )
    return {
        username
        for people in let_in
        for username in (people if LONG_RUN else choose_some_people(people, address)[:1])
    }


def list_forbidden_words(sides, name):
    """A birth identity is said nowhere; a new one on no page of the birth's side."""
    births = {word for side, each in sides.items() if side.startswith("birth") for word in each.words}
    news = {word for side, each in sides.items() if side.startswith("new") for word in each.words}
    return births | (news if name.startswith("birth") else set())


def test_no_search_finds_the_other_side(adoption_sides, django_db_blocker):
    """Whatever is called a search, asked for each side's name, reference and number."""
    boxes = [
        each for each in list_addresses_to_try() if "search" in each.name and not each.ids and not each.is_api
    ]
    with django_db_blocker.unblock():
        for username, client in list_clients():
            for address in boxes:
                if expected_access.get_expected_outcome(username, address, "POST", None) == FORBIDDEN:
                    continue
                for name, side in adoption_sides.items():
                    for word in side.words:
                        said = get_search_result(client, build_path(address, {}), word)
                        assert not {
                            each
                            for each in list_forbidden_words(adoption_sides, name) - side.words
                            if each in said
                        }, word


def get_search_result(client, path, word):
    from tests.project.form_filling import parse_form

    form = parse_form(client.get(path).content.decode())
    fields = [name for name, field in (form or {"fields": {}})["fields"].items() if field["kind"] != "button"]
    with transaction.atomic():
        page = client.post(path, dict.fromkeys(fields, word), follow=True)
        transaction.set_rollback(True)
    return page.content.decode()


def test_the_new_side_can_be_worked_with(adoption_sides, django_db_blocker):
    """Not by hiding everything: those at the new site open the new record and find it listed."""
    with django_db_blocker.unblock():
        client = dict(list_clients())["hyndburn"]
        for where in ("blackburn", "hyndburn"):
            side = adoption_sides[f"new side of {where}"]
            for path in (f"/families/{side.ids['family_id']}/", f"/infants/{side.ids['infant_id']}/"):
                status, text = get_body(client, path)
                assert status == 200
                assert NEW_GIVEN_NAMES[where] in text


def test_governance_alone_reads_the_adoption_record(adoption_sides, django_db_blocker):
    with django_db_blocker.unblock():
        answers = {username: get_body(client, "/adoptions/") for username, client in list_clients()}
    assert {username for username, (status, _) in answers.items() if status == 200} == {"governance"}
    for where in ("blackburn", "hyndburn"):
        for side in ("birth", "new"):
            reference = next(
                w for w in adoption_sides[f"{side} side of {where}"].words if w.startswith("PI-")
            )
            assert reference in answers["governance"][1]


def test_the_family_of_an_only_child_is_sealed_and_a_siblings_is_not(adoption_sides, django_db_blocker):
    with django_db_blocker.unblock():
        blackburn, hyndburn = (
            Family.objects.get(pk=adoption_sides[f"birth side of {where}"].ids["family_id"])
            for where in ("blackburn", "hyndburn")
        )
        assert blackburn.sealed_at is None
        assert hyndburn.sealed_at
        assert not Dyad.objects.live().filter(infant__sealed_at__isnull=False).exists()


# ---------------------------------------------------------------- the act itself


@pytest.fixture
def adopted_child(cast):
    return sample_families.build_sample_families(cast, ["blackburn"])["blackburn"].objects["subject_id"]


def record_adoption_of(child, by, **changes):
    known = {
        "adopted_on": timezone.localdate(),
        "given_name": "Fresh",
        "family_name": "Newname",
        "site": Site.objects.get(code=NEW_SITE),
    }
    return record_adoption(infant=child, by=by, **known | changes)


def test_only_facts_still_true_of_the_child_are_copied(adopted_child, cast):
    Infant.objects.filter(pk=adopted_child.pk).update(sex="female", ethnicity="A", nhs_number="9990000018")
    new = record_adoption_of(adopted_child, cast["governance"]).new_infant
    adopted_child.refresh_from_db()
    assert (new.birth_date, new.sex, new.ethnicity) == (adopted_child.birth_date, "female", "A")
    assert (new.nhs_number, new.carried_by, new.plurality) == (None, None, 1)
    assert new.reference != adopted_child.reference
    assert new.pregnancy != adopted_child.pregnancy
    assert (new.family.site.code, new.family.dyads.count()) == (NEW_SITE, 0)


def test_the_adoption_record_lists_what_was_sealed(adopted_child, cast):
    made = record_adoption_of(adopted_child, cast["governance"])
    assert made.sealed_at
    assert str(adopted_child.pk) in made.sealed_rows["families.Infant"]
    assert {"families.Dyad", "outcomes.Assessment", "outcomes.GoalRating"} <= set(made.sealed_rows)
    assert "families.Family" not in made.sealed_rows


def test_an_episode_about_this_child_alone_ends_with_the_identity(adopted_child, cast):
    episode = Episode.objects.get(family=adopted_child.family)
    contact = episode.contacts.first()
    record_adoption_of(adopted_child, cast["governance"])
    for row in (episode, contact):
        row.refresh_from_db()
        assert row.sealed_at
    adopted_child.family.refresh_from_db()
    assert adopted_child.family.sealed_at is None


def test_an_episode_about_a_sibling_too_goes_on_without_the_child(adopted_child, cast):
    episode, sibling = (
        Episode.objects.get(family=adopted_child.family),
        Infant.objects.get(reference="PI-blac-1"),
    )
    theirs = Dyad.objects.create(
        family=adopted_child.family,
        infant=sibling,
        caregiver=adopted_child.family.dyads.get().caregiver,
        relationship="mother",
    )
    episode.focus.add(theirs)
    record_adoption_of(adopted_child, cast["governance"])
    episode.refresh_from_db()
    assert episode.sealed_at is None
    assert list(episode.focus.live()) == [theirs]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"birth_date": None, "estimated_due_date": DUE}, "born"),
        ({"lost_on": timezone.localdate(), "loss": "death"}, "loss"),
    ],
)
def test_who_cannot_be_adopted(adopted_child, cast, what, said):
    Infant.objects.filter(pk=adopted_child.pk).update(**what)
    with pytest.raises(ActionRefused, match=said):
        record_adoption_of(adopted_child, cast["governance"])


@pytest.mark.parametrize(
    "change", [{"adopted_on": timezone.localdate() + timedelta(days=366)}, {"family_name": " "}]
)
def test_the_day_and_the_name_are_asked_for(adopted_child, cast, change):
    with pytest.raises(ActionRefused):
        record_adoption_of(adopted_child, cast["governance"], **change)
    assert not Adoption.objects.filter(birth_infant=adopted_child).exists()


def test_nobody_is_adopted_twice_from_one_record(adopted_child, cast):
    record_adoption_of(adopted_child, cast["governance"])
    with pytest.raises(ActionRefused, match="already"):
        record_adoption_of(adopted_child, cast["governance"])


def test_an_open_alert_is_never_sealed_away(adopted_child, cast):
    Infant.objects.filter(family=adopted_child.family).exclude(pk=adopted_child.pk).update(
        entered_in_error_at=timezone.now()
    )
    raise_risk_alert(
        site=adopted_child.family.site, family=adopted_child.family, what="x", by=cast["blackburn"]
    )
    with pytest.raises(ActionRefused, match="risk alert"):
        record_adoption_of(adopted_child, cast["governance"])
    adopted_child.refresh_from_db()
    assert adopted_child.sealed_at is None


def test_whoever_registers_people_may_not_record_one(adopted_child, cast, client):
    client.force_login(cast["blackburn"])
    assert client.get(f"/infants/{adopted_child.pk}/adoption/").status_code == 403
    client.force_login(cast["governance"])
    page = client.get(f"/infants/{adopted_child.pk}/adoption/").content.decode()
    assert "Has Elderblackburn been adopted?" in page
