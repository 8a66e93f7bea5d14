"""Accounts as an administrator keeps them: found, changed, given roles for a time, reset, closed and opened again."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.episodes.rules import EndingReason
from pairs.access.account_administration import (
    ask_for_factor_reset,
    confirm_factor_reset,
    withdraw_factor_reset,
)
from pairs.access.models import FactorReset
from pairs.access.scope import load_scope
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.service.actions import assign_role
from pairs.service.models import Membership, RoleTerm, Site, User
from pairs.service.refusals import ActionRefused
from pairs.service.role_terms import apply_role_terms, end_role, give_role
from pairs.service.roles import Role
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.groups.factories import make_group


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast["administrator"])
    return client


@pytest.fixture
def hyndburn(db):
    return Site.objects.get(code="hyndburn")


def find_usernames(browser, **asked):
    page = browser.get(reverse("accounts"), asked).content.decode()
    return set(re.findall(r'data-label="Username">([^<]+)<', page))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "administrator"}, {"administrator"}),
        ({"words": "hyndburn@pairs.example"}, {"hyndburn"}),
        ({"words": "no such name"}, set()),
        ({"role": "governance"}, {"governance"}),
        ({"role": "practitioner", "site": "hyndburn"}, {"hyndburn"}),
        ({"state": "closed"}, {"peer"}),
        ({"words": "hub", "state": "closed"}, set()),
        ({"unused": "90", "role": "practitioner", "site": "blackburn-with-darwen"}, {"blackburn"}),
    ],
)
def test_accounts_are_found_by_what_is_known(administrator, cast, asked, found):
    User.objects.filter(username="peer").update(is_active=False)
    User.objects.exclude(username="blackburn").update(last_login=timezone.now())
    User.objects.filter(username="blackburn").update(last_login=timezone.now() - timedelta(days=91))
    assert find_usernames(administrator, **asked) == found
    answer = administrator.get(reverse("api-accounts"), asked).json()
    assert {each["username"] for each in answer["results"]} == found


def test_a_filter_that_is_none_is_said_and_not_passed_over(administrator):
    assert administrator.get(reverse("api-accounts"), {"site": "nowhere"}).status_code == 400


def change(browser, person, **fields):
    posted = (
        {"display_name": person.display_name, "email": person.email}
        | {"profession": person.profession}
        | fields
    )
    return browser.post(reverse("edit-account", args=[person.pk]), posted)


def test_name_and_address_are_changed_kept_in_the_history_and_told_to_both_addresses(administrator, cast):
    person, old = cast["hyndburn"], cast["hyndburn"].email
    change(administrator, person, display_name="Dr New Name", email="new@pairs.example")
    person.refresh_from_db()
    assert (person.display_name, person.email) == ("Dr New Name", "new@pairs.example")
    assert sorted(each.to[0] for each in mail.outbox) == sorted([old, "new@pairs.example"])
    event = AccountEvent.objects.get(user=person)
    assert (event.kind, event.by, event.detail) == (
        AccountEventKind.CHANGED,
        cast["administrator"],
        "name, e-mail address",
    )
    assert "Dr New Name" in administrator.get(reverse("account", args=[person.pk])).content.decode()


@pytest.mark.parametrize("address", ["HUB@pairs.example", "hub@pairs.example"])
def test_two_accounts_never_share_an_address(administrator, cast, address):
    answer = change(administrator, cast["hyndburn"], email=address)
    assert "Another account has this e-mail address." in answer.content.decode()


# ------------------------------------------------------------------------------------------ roles for a time
def may_write_at(person, site):
    return load_scope(User.objects.get(pk=person.pk)).may("write_records", at=site.pk)


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (0, None, {0: True, 30: True}),
        (0, 2, {0: True, 2: True, 3: False}),
        (2, 3, {0: False, 2: True, 4: False}),
    ],
)
def test_a_role_is_held_from_its_first_day_to_its_last(cast, hyndburn, starts, ends, days):
    person, today = cast["hub"], timezone.localdate()
    give_role(
        user=person,
        role=Role.PRACTITIONER,
        site=hyndburn,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    for day, held in days.items():
        apply_role_terms(today + timedelta(days=day))
        assert may_write_at(person, hyndburn) is held, day
        assert apply_role_terms(today + timedelta(days=day)) == 0


def test_roles_without_days_stay(cast):
    before = set(Membership.objects.values_list("user", "group"))
    assert apply_role_terms(timezone.localdate()) == 0
    assert set(Membership.objects.values_list("user", "group")) == before


@pytest.mark.parametrize(
    ("role", "starts", "ends", "field"),
    [
        (Role.PRACTITIONER, 3, 2, "ends_on"),
        (Role.PRACTITIONER, -5, -1, "ends_on"),
        (Role.SUPERVISOR, 4, 9, "role"),
        (Role.SUPERVISOR, 0, None, "role"),
        (Role.DUTY, 0, 20, "site"),
    ],
)
def test_a_role_that_cannot_be_is_refused(cast, hyndburn, role, starts, ends, field):
    today, person = timezone.localdate(), cast["hub"]
    hyndburn.closes_on = today + timedelta(days=10)
    hyndburn.save()
    give_role(user=person, role=Role.SUPERVISOR, site=hyndburn, ends_on=today + timedelta(days=5))
    with pytest.raises(ActionRefused) as refused:
        give_role(
            user=person,
            role=role,
            site=hyndburn,
            starts_on=today + timedelta(days=starts),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("last_day", [None, 0, 5])
def test_a_role_ends_at_once_or_after_a_day(cast, hyndburn, dated, last_day):
    person, today = cast["hyndburn"], timezone.localdate()
    held = person.groups.get().roleatsite
    if dated:
        RoleTerm.objects.create(user=person, held=held, starts_on=today - timedelta(days=100))
    end_role(user=person, held=held, last_day=None if last_day is None else today + timedelta(days=last_day))
    assert may_write_at(person, hyndburn) is (last_day is not None)
    apply_role_terms(today + timedelta(days=(last_day or 0) + 1))
    assert not may_write_at(person, hyndburn)


def test_a_role_is_given_and_ended_on_pages_with_its_history(administrator, cast, hyndburn):
    person = cast["hub"]
    posted = {"role": "duty", "site": "hyndburn", "starts_on": "", "ends_on": "2099-01-31"}
    administrator.post(reverse("give-role", args=[person.pk]), posted)
    assert load_scope(person).may("triage_referrals", at=hyndburn.pk)
    assert RoleTerm.objects.get(user=person).ends_on.year == 2099
    administrator.post(reverse("end-role", args=[person.pk]), {"held": "duty@hyndburn", "last_day": ""})
    assert not load_scope(User.objects.get(pk=person.pk)).may("triage_referrals", at=hyndburn.pk)
    text = administrator.get(reverse("account", args=[person.pk])).content.decode()
    assert "Duty at Hyndburn from" in text
    assert "Duty at Hyndburn, at once" in text


def test_an_administrator_keeps_their_own_role(administrator, cast):
    me = cast["administrator"]
    answer = administrator.post(
        reverse("end-role", args=[me.pk]), {"held": me.groups.get().name, "last_day": ""}
    )
    assert "cannot end your own administrator role" in answer.content.decode()


# ------------------------------------------------------------------------------------------ what opens an account
def test_a_link_to_choose_a_password_goes_to_its_owner_alone(administrator, cast):
    User.objects.filter(username="hub").update(email=cast["hyndburn"].email)
    administrator.post(reverse("password-link", args=[cast["hyndburn"].pk]))
    assert [each.to for each in mail.outbox] == [[cast["hyndburn"].email]]
    assert cast["hyndburn"].username in mail.outbox[0].body or "password" in mail.outbox[0].subject.lower()
    event = AccountEvent.objects.get(kind=AccountEventKind.RESET_SENT)
    assert (event.user, event.by) == (cast["hyndburn"], cast["administrator"])


@pytest.fixture
def with_factor(cast):
    Authenticator.objects.create(user=cast["hyndburn"], type=Authenticator.Type.TOTP, data={})
    return cast["hyndburn"]


def ask_for_reset(administrator, person):
    administrator.post(
        reverse("reset-second-factor", args=[person.pk]), {"reason": "Lost phone, seen in person"}
    )
    return FactorReset.objects.get(user=person)


def test_a_reset_waits_for_a_second_person_and_its_owner_is_told(administrator, cast, with_factor):
    address = reverse("reset-second-factor", args=[with_factor.pk])
    assert "Error:" in administrator.post(address, {"reason": ""}).content.decode()
    assert not FactorReset.objects.exists()
    made = ask_for_reset(administrator, with_factor)
    assert Authenticator.objects.exists()
    told = {each.to[0]: each.body for each in mail.outbox}
    assert set(told) == {with_factor.email, cast["governance"].email}
    assert "Lost phone, seen in person" in told[with_factor.email]
    assert "Nothing is changed until a second person has confirmed it." in told[with_factor.email]
    assert f"/factor-resets/{made.pk}/" in told[cast["governance"].email]
    assert with_factor.username not in told[cast["governance"].email]


def test_nobody_alone_resets_a_second_factor(administrator, cast, with_factor):
    made = ask_for_reset(administrator, with_factor)
    address = reverse("confirm-factor-reset", args=[made.pk])
    assert "You asked for this yourself." in administrator.get(address).content.decode()
    assert "You asked for this yourself." in administrator.post(address).content.decode()
    assert Authenticator.objects.exists()
    owner = Client()
    owner.force_login(with_factor)
    assert owner.post(address).status_code == 403
    assign_role(user=with_factor, role="administrator", site=Site.objects.get(code="hyndburn"))
    with pytest.raises(ActionRefused, match="your own account"):
        confirm_factor_reset(reset=made, by=with_factor)
    assert Authenticator.objects.exists()


def test_a_second_person_confirms_it_and_every_session_ends(administrator, cast, with_factor):
    browser, second = Client(), Client()
    browser.force_login(with_factor)
    made = ask_for_reset(administrator, with_factor)
    second.force_login(cast["governance"])
    assert "Confirm or withdraw a reset of a second factor" in second.get(reverse("home")).content.decode()
    mail.outbox.clear()
    second.post(reverse("confirm-factor-reset", args=[made.pk]))
    assert not Authenticator.objects.exists()
    assert browser.get(reverse("home")).status_code == 302
    (told,) = mail.outbox
    assert told.to == [with_factor.email]
    assert str(cast["administrator"]) in told.body
    assert str(cast["governance"]) in told.body
    event = AccountEvent.objects.get(kind=AccountEventKind.FACTORS_RESET)
    assert (event.by, "Lost phone, seen in person" in event.detail) == (cast["governance"], True)


def test_a_reset_is_asked_for_once_and_confirmed_once(administrator, cast, with_factor):
    made = ask_for_reset(administrator, with_factor)
    with pytest.raises(ActionRefused, match="already waits"):
        ask_for_factor_reset(user=with_factor, reason="Again", by=cast["administrator"])
    confirm_factor_reset(reset=made, by=cast["governance"])
    with pytest.raises(ActionRefused, match="no longer waits"):
        confirm_factor_reset(reset=made, by=cast["governance"])
    with pytest.raises(ActionRefused, match="no longer waits"):
        withdraw_factor_reset(reset=made, by=cast["governance"])


def test_a_reset_is_withdrawn_and_nothing_changes(administrator, cast, with_factor):
    made = ask_for_reset(administrator, with_factor)
    administrator.post(reverse("withdraw-factor-reset", args=[made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_by == cast["administrator"]
    assert Authenticator.objects.exists()
    assert administrator.get(reverse("confirm-factor-reset", args=[made.pk])).status_code == 404


# ------------------------------------------------------------------------------------------ closing
def hold_a_visit(person):
    make_visit(make_episode(person, reference="V"), person)


HELD_WORK = {
    "1 family in open work": make_episode,
    "1 family in open work and 1 booked visit": hold_a_visit,
    "1 running group": make_group,
}


@pytest.mark.parametrize("words", HELD_WORK)
def test_an_account_stays_open_while_work_is_held(administrator, cast, words):
    person = cast["blackburn"]
    HELD_WORK[words](person)
    address = reverse("close-account", args=[person.pk])
    text = administrator.get(address).content.decode()
    assert all(part in text for part in words.split(" and "))
    assert "<button" not in text.partition("<main")[2]
    administrator.post(address)
    closing = administrator.post(
        reverse("api-close-account", args=[person.pk]), {}, content_type="application/json"
    )
    assert (closing.status_code, words in closing.content.decode()) == (400, True)
    person.refresh_from_db()
    assert person.is_active


def test_work_that_is_over_keeps_nobody(administrator, cast):
    person = cast["blackburn"]
    Episode.objects.filter(pk=make_episode(person).pk).update(
        ended_on=timezone.localdate(), ending_reason=EndingReason.values[0]
    )
    administrator.post(reverse("close-account", args=[person.pk]))
    person.refresh_from_db()
    assert not person.is_active


def test_an_account_closes_after_a_question_and_opens_again(administrator, cast):
    person = cast["hyndburn"]
    address = reverse("close-account", args=[person.pk])
    assert "Close the account of" in administrator.get(address).content.decode()
    person.refresh_from_db()
    assert person.is_active
    administrator.post(address)
    person.refresh_from_db()
    assert not person.is_active
    administrator.post(reverse("open-account", args=[person.pk]))
    person.refresh_from_db()
    assert person.is_active


def test_nobody_closes_their_own(administrator, cast):
    answer = administrator.post(reverse("close-account", args=[cast["administrator"].pk]))
    assert "cannot close your own account" in answer.content.decode()


@pytest.mark.parametrize("address", ["account", "edit-account", "close-account", "give-role", "accounts"])
@pytest.mark.parametrize("who", ["supervisor", "governance", "manager"])
def test_accounts_are_an_administrators_alone(client, cast, address, who):
    client.force_login(cast[who])
    args = [] if address == "accounts" else [cast["hub"].pk]
    assert client.get(reverse(address, args=args)).status_code == 403


def test_the_api_does_the_same(administrator, cast, hyndburn):
    person = cast["hyndburn"]
    new = {
        "username": "newbie",
        "display_name": "New Colleague",
        "email": "newbie@pairs.example",
        "role": "duty",
        "site": hyndburn.code,
    }
    made = administrator.post(reverse("api-accounts"), new, content_type="application/json")
    assert (made.status_code, made.json()["roles"][0]["role"]) == (201, "duty")
    for address, sent in (
        ("api-give-role", {"role": "duty", "site": "preston", "ends_on": "2099-01-31"}),
        ("api-end-role", {"held": "duty@preston"}),
    ):
        answer = administrator.post(
            reverse(address, args=[person.pk]), sent, content_type="application/json"
        ).json()
        held = {(each["role"], each["site"]) for each in answer["roles"]}
        assert (("duty", "preston") in held) is (address == "api-give-role")
    address = reverse("api-account", args=[person.pk])
    changed = administrator.patch(address, {"profession": "Therapist"}, content_type="application/json")
    assert (changed.status_code, changed.json()["profession"]) == (200, "Therapist")
    closing = administrator.post(
        reverse("api-close-account", args=[person.pk]), {}, content_type="application/json"
    )
    assert (closing.status_code, closing.json()["is_active"]) == (201, False)
