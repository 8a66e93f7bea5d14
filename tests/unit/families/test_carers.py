"""Carers: added, described, shown with what stood there before; dyads across families."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import (
    add_caregiver,
    add_dyad,
    end_dyad,
    grant_family_access,
    update_caregiver,
    update_dyad,
)
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.refusals import ActionRefused
from tests.cast import GIVEN_REASON
from tests.unit.families.factories import make_family

NHS_NUMBER, OTHER_NHS_NUMBER = "9990000018", "9990000026"


@pytest.fixture
def carer(family):
    return family.caregivers.get()


@pytest.fixture
def open_page(client, cast):
    """The page as somebody sees it: (status, text)."""

    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        sent = {"headers": GIVEN_REASON}
        answer = (
            client.get(address, **sent) if post is None else client.post(address, post, follow=True, **sent)
        )
        return answer.status_code, answer.content.decode()

    return get_page_as


def get_whole_family(family):
    return Family.objects.with_people().get(pk=family.pk)


# ---------------------------------------------------------------- actions


def test_a_carer_joins_with_a_relationship_to_one_baby_and_none_to_the_other(cast):
    family = make_family(infants=2)
    one, _ = family.infants.order_by("twin_order")
    facts = {"relationship": "father", "lives_with": False}
    carer = add_caregiver(family=family, given_name="Dan", dyads=[(one, facts)], by=cast["duty"])
    assert list(carer.dyads.values_list("infant", "relationship", "lives_with")) == [
        (one.pk, "father", False)
    ]
    assert carer.nhs_number_status == "03"


def test_a_carer_needs_a_name(cast, family):
    with pytest.raises(ActionRefused) as refused:
        add_caregiver(family=family, given_name="", by=cast["duty"])
    assert "given_name" in refused.value.errors


def test_nothing_is_half_saved_when_a_relationship_is_refused(cast, family):
    elsewhere = make_family(site="hyndburn", reference="H", restricted=True).infants.get()
    with pytest.raises(ActionRefused):
        add_caregiver(
            family=family, given_name="Dan", dyads=[(elsewhere, {"relationship": "father"})], by=cast["duty"]
        )
    assert not Caregiver.objects.filter(given_name="Dan").exists()


def test_a_number_held_by_a_carer_or_a_baby_is_a_possible_match(cast, family, carer):
    make_family(site="hyndburn", reference="H").caregivers.update(nhs_number=NHS_NUMBER)
    family.infants.update(nhs_number=OTHER_NHS_NUMBER)
    for number in (NHS_NUMBER, OTHER_NHS_NUMBER):
        with pytest.raises(ActionRefused) as refused:
            update_caregiver(caregiver=carer, nhs_number=number, by=cast["duty"])
        assert "the hub will check" in refused.value.errors["nhs_number"]
    Caregiver.objects.filter(nhs_number=NHS_NUMBER).update(sealed_at=timezone.now())
    changed = update_caregiver(caregiver=carer, nhs_number=NHS_NUMBER, by=cast["duty"])
    assert (changed.nhs_number, changed.nhs_number_status) == (NHS_NUMBER, "02")


def test_a_traced_number_stays_traced_when_it_is_saved_again(cast, carer):
    Caregiver.objects.update(nhs_number=NHS_NUMBER, nhs_number_status="01")
    carer.refresh_from_db()
    assert update_caregiver(caregiver=carer, nhs_number=NHS_NUMBER, by=cast["duty"]).nhs_number_status == "01"
    assert update_caregiver(caregiver=carer, nhs_number="", by=cast["duty"]).nhs_number is None


def test_only_what_is_described_changes(cast, carer):
    update_caregiver(caregiver=carer, phone="01632 960002", by=cast["duty"])
    carer.refresh_from_db()
    assert (carer.phone, carer.given_name) == ("01632 960002", "Cora")


# ---------------------------------------------------------------- dyads


def test_a_baby_of_another_family_joins_this_one_by_a_dyad(cast, family, carer):
    other = make_family(reference="O")
    baby = other.infants.get()
    Infant.objects.filter(pk=baby.pk).update(given_name="Fosterling")
    add_dyad(family=family, infant=baby, caregiver=carer, relationship="foster_carer", by=cast["duty"])
    names = [person["name"] for person in build_banner(get_whole_family(family))["people"]]
    assert names == ["Baby1", "Fosterling"]
    assert [person["name"] for person in build_banner(get_whole_family(other))["people"]] == ["Fosterling"]
    assert set(Infant.objects.of_family(family.pk).values_list("given_name", flat=True)) == {
        "Baby1",
        "Fosterling",
    }
    Dyad.objects.filter(infant=baby, family=family).update(until=date(2026, 10, 1))
    assert len(get_whole_family(family).infants.all()) == 1


def test_a_sealed_baby_does_not_join(cast, family, carer):
    baby = make_family(reference="O").infants.get()
    add_dyad(family=family, infant=baby, caregiver=carer, relationship="other", by=cast["duty"])
    Infant.objects.filter(pk=baby.pk).update(sealed_at=timezone.now())
    assert [infant.given_name for infant in get_whole_family(family).infants.all()] == ["Baby1"]


def test_people_from_elsewhere_cost_no_query(cast, family, carer):
    def count_banner_queries():
        with CaptureQueriesContext(connection) as asked:
            build_banner(get_whole_family(family))
        return len(asked)

    before = count_banner_queries()
    for number in range(3):
        baby = make_family(reference=f"O{number}").infants.get()
        add_dyad(family=family, infant=baby, caregiver=carer, relationship="other", by=cast["duty"])
    assert count_banner_queries() == before == 5
    assert len(get_whole_family(family).infants.all()) == 4


def test_a_restricted_familys_baby_is_not_shown_to_those_of_an_open_one(cast, family, carer):
    baby = make_family(reference="R", restricted=True).infants.get()
    with pytest.raises(ActionRefused, match="restricted"):
        add_dyad(family=family, infant=baby, caregiver=carer, relationship="other", by=cast["duty"])


def test_the_two_are_recorded_once_until_they_have_ended(cast, family, carer):
    dyad = family.dyads.get()
    with pytest.raises(ActionRefused, match="already"):
        add_dyad(family=family, infant=dyad.infant, caregiver=carer, relationship="mother", by=cast["duty"])
    end_dyad(dyad=dyad, until=timezone.localdate(), by=cast["duty"])
    add_dyad(family=family, infant=dyad.infant, caregiver=carer, relationship="mother", by=cast["duty"])
    dyad.refresh_from_db()
    with pytest.raises(ActionRefused, match="already"):
        end_dyad(dyad=dyad, until=timezone.localdate(), by=cast["duty"])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"since": date(2099, 1, 1)}, "since"),
        ({"until": date(2099, 1, 1)}, "until"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "until"),
    ],
)
def test_a_dyads_days_have_to_be_possible(cast, family, facts, field):
    with pytest.raises(ActionRefused) as refused:
        update_dyad(dyad=family.dyads.get(), by=cast["duty"], **facts)
    assert field in refused.value.errors


def test_more_than_one_may_be_the_main_carer(cast, family):
    facts = {"relationship": "father", "main_carer": True}
    add_caregiver(family=family, given_name="Dan", dyads=[(family.infants.get(), facts)], by=cast["duty"])
    assert family.dyads.filter(main_carer=True).count() == 2


# ---------------------------------------------------------------- pages

CONTACT_DETAILS = {
    "phone": "01632 960777",
    "may_call": "yes",
    "may_leave_message": "no",
    "needs_interpreter": "on",
    "language": "Urdu",
}


def test_earlier_phone_numbers_are_shown_with_their_last_day(carer, open_page):
    status, text = open_page("duty", "caregiver-reached", carer.pk, post=CONTACT_DETAILS)
    assert status == 200
    today = timezone.localdate()
    assert f"Until {today.day} {today:%B %Y}: 01632 960001" in text
    for words in ("01632 960777", "Never leave a message.", "Ask before you text", "Urdu"):
        assert words in text
    carer.refresh_from_db()
    assert (carer.may_call, carer.may_leave_message, carer.may_text) == (True, False, None)


def test_a_peer_supporter_reads_what_is_safe_and_no_earlier_number(cast, family, carer, open_page):
    update_caregiver(caregiver=carer, phone="01632 960777", may_leave_message=False, by=cast["duty"])
    grant_family_access(
        family=family, user=cast["peer"], purpose="peer_support", reason="They asked", by=cast["duty"]
    )
    _, text = open_page("peer", "supported-family", family.pk)
    assert "Never leave a message." in text
    assert "960001" not in text
    assert open_page("peer", "caregiver", carer.pk)[0] == 403


def test_a_young_carer_is_a_child_too_wherever_they_are_shown(family, carer, open_page):
    born = timezone.localdate() - timedelta(days=16 * 366)
    Caregiver.objects.filter(pk=carer.pk).update(birth_date=born)
    for name, pk in (("caregiver", carer.pk), ("family-people", family.pk), ("family", family.pk)):
        assert "legally a child" in open_page("blackburn", name, pk)[1], name


def test_a_carer_who_has_died_is_not_to_be_written_to(family, carer, open_page):
    Caregiver.objects.filter(pk=carer.pk).update(died_on=date(2026, 11, 1))
    assert "died 1 November 2026" in open_page("blackburn", "family", family.pk)[1]
    assert "Do not write or call." in open_page("blackburn", "caregiver", carer.pk)[1]


REQUIRED_DETAILS = {"given_name": "Cora", "family_name": "Carer"}


@override_settings(TEST_NHS_NUMBERS=False)
def test_an_unusual_number_is_asked_for_once_more(carer, open_page):
    unusual = "1234567881"
    assert "usually issued" not in open_page("duty", "caregiver-details", carer.pk)[1]
    _, text = open_page(
        "duty", "caregiver-details", carer.pk, post=REQUIRED_DETAILS | {"nhs_number": unusual}
    )
    assert "usually issued" in text
    assert "nhs_number_is_right" in text
    carer.refresh_from_db()
    assert carer.nhs_number is None
    ticked = REQUIRED_DETAILS | {"nhs_number": unusual, "nhs_number_is_right": "on"}
    open_page("duty", "caregiver-details", carer.pk, post=ticked)
    carer.refresh_from_db()
    assert carer.nhs_number == unusual
    assert (
        "usually issued"
        not in open_page(
            "duty", "caregiver-details", carer.pk, post=REQUIRED_DETAILS | {"nhs_number": unusual}
        )[1]
    )


def test_a_wrong_number_is_reported_beside_its_field(carer, open_page):
    _, text = open_page(
        "duty", "caregiver-details", carer.pk, post=REQUIRED_DETAILS | {"nhs_number": "9990000019"}
    )
    assert "do not add up" in text


def test_ethnicity_declined_and_not_asked_are_two_answers(carer, open_page):
    for code in ("Z", "J"):
        open_page("duty", "caregiver-ethnicity", carer.pk, post={"ethnicity": code})
    carer.refresh_from_db()
    assert carer.ethnicity == "J"
    _, text = open_page("duty", "caregiver", carer.pk)
    assert "Asian or Asian British: Pakistani" in text
    assert ": Asked, and preferred not to say" in text
    assert ": Not known" not in text
    _, text = open_page("duty", "caregiver-ethnicity", carer.pk)
    assert "We ask everyone" in text


def test_before_birth_the_carrying_parents_is_shown_as_theirs(cast, open_page):
    family = make_family(born=None)
    infant = family.infants.get()
    family.caregivers.update(ethnicity="M")
    _, text = open_page("blackburn", "family-people", family.pk)
    assert "Black or Black British: Caribbean (that of Cora Carer, until the baby is born)" in text
    open_page("duty", "infant-ethnicity", infant.pk, post={"ethnicity": "G"})
    _, text = open_page("blackburn", "family-people", family.pk)
    assert "Mixed: any other mixed background" in text


def test_a_carer_is_added_on_a_page_with_the_babies_named(cast, family, open_page):
    infant = family.infants.get()
    assert "To Baby1" in open_page("duty", "new-caregiver", family.pk)[1]
    post = REQUIRED_DETAILS | {
        "given_name": "Dan",
        "dyads-TOTAL_FORMS": "1",
        "dyads-INITIAL_FORMS": "1",
        "dyads-0-infant": str(infant.pk),
        "dyads-0-relationship": "father",
        "dyads-0-main_carer": "on",
        "dyads-0-lives_with": "no",
    }
    _, text = open_page("duty", "new-caregiver", family.pk, post=post)
    assert "Father, main carer, lives apart" in text
    again = post | {"dyads-0-infant": str(make_family(reference="O").infants.get().pk)}
    assert "Choose from this family" in open_page("duty", "new-caregiver", family.pk, post=again)[1]
    assert Caregiver.objects.filter(given_name="Dan").count() == 1


def test_a_carer_without_a_relationship_is_still_among_the_people(cast, family, open_page):
    add_caregiver(family=family, given_name="Gran", by=cast["duty"])
    _, text = open_page("blackburn", "family-people", family.pk)
    assert "Gran" in text
    assert "No relationship to a baby is recorded" in text


NEW_RELATIONSHIP = {"relationship": "foster_carer", "parental_responsibility": "no"}


def test_a_baby_is_found_by_reference_only_in_scope_and_the_look_up_is_logged(cast, family, carer, open_page):
    here, there = make_family(reference="O"), make_family(site="hyndburn", reference="H")
    for reference in ("PI-H-1", "PI-2026-99999"):
        _, text = open_page(
            "blackburn", "new-dyad", carer.pk, post=NEW_RELATIONSHIP | {"reference": reference}
        )
        assert "We cannot find this baby" in text
    assert not Dyad.objects.filter(family=family, infant__family=there).exists()
    _, text = open_page("blackburn", "new-dyad", carer.pk, post=NEW_RELATIONSHIP | {"reference": "pi-o-1"})
    assert "Foster carer, does not have parental responsibility" in text
    assert AccessEntry.objects.filter(view="new-dyad", listed__contains=[here.pk]).exists()
    _, text = open_page("blackburn", "family-people", family.pk)
    assert "with another family" in text


def test_neither_a_baby_nor_a_reference_is_asked_for_kindly(carer, open_page):
    assert (
        "Choose a baby here, or give the reference"
        in open_page("blackburn", "new-dyad", carer.pk, post=NEW_RELATIONSHIP)[1]
    )


def test_a_dyad_is_changed_and_ended_on_its_pages(family, carer, open_page):
    dyad = family.dyads.get()
    facts = {"relationship": "mother", "lives_with": "no", "restrictions": "Supervised contact only"}
    _, text = open_page("blackburn", "dyad-facts", dyad.pk, post=facts)
    assert "Supervised contact only" in text
    assert "Has this ended" in open_page("blackburn", "end-dyad", dyad.pk)[1]
    assert "Give the date" not in text
    _, text = open_page("blackburn", "end-dyad", dyad.pk, post={"until": timezone.localdate().isoformat()})
    assert "Ended" in text
    assert get_whole_family(family).dyads.all()[:] == []


@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("governance", 200)])
def test_who_may_open_a_carer(carer, open_page, who, status):
    assert open_page(who, "caregiver", carer.pk)[0] == status


def test_a_carers_page_costs_the_same_however_much_is_known(cast, family, carer, client):
    client.force_login(cast["blackburn"])

    def count_carer_queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("caregiver", args=[carer.pk])).status_code == 200
        return len(asked)

    client.get(reverse("caregiver", args=[carer.pk]))
    before = count_carer_queries()
    for number in range(3):
        baby = make_family(reference=f"O{number}").infants.get()
        add_dyad(family=family, infant=baby, caregiver=carer, relationship="other", by=cast["duty"])
        update_caregiver(caregiver=carer, phone=f"01632 96010{number}", by=cast["duty"])
    assert count_carer_queries() == before


def test_a_dyad_changes_nobodys_scope(cast, family):
    """A dyad with a baby of another family opens neither family's record to the other's people."""
    baby = make_family(site="hyndburn", reference="H").infants.get()
    add_dyad(
        family=family, infant=baby, caregiver=family.caregivers.get(), relationship="other", by=cast["duty"]
    )
    scope = load_scope(cast["hyndburn"])
    assert not Family.objects.visible_to(scope).filter(pk=family.pk).exists()
    assert not Infant.objects.visible_to(load_scope(cast["blackburn"])).filter(pk=baby.pk).exists()
