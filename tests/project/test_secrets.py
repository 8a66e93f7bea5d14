"""Links, reset keys, calendar tokens and second factors are nowhere in clear: not in a log, a row or a backup."""

import json
import logging
import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.signing import loads
from django.db import connection
from django.test import Client
from django.urls import reverse

from config.log_secrets import PlainFormatter
from config.logs import build_formatter
from interventions.diary.models import CalendarToken
from outcomes.measure_links import make_measure_link
from pairs.access.policy import FEED_TOKEN, ONE_TIME_LINK
from pairs.database.encryption import decrypt_text, encrypt_text
from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.tasks import deliver_email
from script.local.state_folder import ROOT
from tests.project.url_addresses import list_url_addresses
from tests.unit.episodes.factories import make_episode
from tests.unit.referrals.factories import DRAFT_PAGES
from tests.unit.referrals.test_consultation_log import hold_one

TOKEN = "Zk3_x-9Qw7Lr2mVbN8tYcA0pSdEfGhIjKlMnOpQrStU"
RESET_KEY = "3w5e11264sgsf0h2k9d8f7a6b-c4x1zq-0123456789abcdef0123456789abcdef"
KEY_ADDRESS_KINDS = {ONE_TIME_LINK, FEED_TOKEN}


def list_key_paths():
    """Every address that acts as a key, with a token in it."""
    found = [each for each in list_url_addresses() if each.policy and each.policy.kind in KEY_ADDRESS_KINDS]
    paths = [
        "/" + re.sub(r"<slug:(link|answer_link|feedback_link)>|<[a-z]+:feed>", TOKEN, each.route)
        for each in found
    ]
    return [re.sub(r"<[^>]+>", "family", path) for path in paths] + [
        f"/account/password/reset/key/{RESET_KEY}/"
    ]


def test_there_are_such_addresses():
    assert len(list_key_paths()) >= 6
    assert all(TOKEN in path or RESET_KEY in path for path in list_key_paths())


def get_proxy_pattern():
    line = re.search(r"request>uri regexp `(.+)` (\S+)", (ROOT / "deploy/Caddyfile").read_text())
    return re.compile(line[1]), line[2].replace("$1", r"\1")


@pytest.mark.parametrize("path", list_key_paths())
def test_the_shipped_proxy_hides_an_address_that_is_a_key(path):
    pattern, replacement = get_proxy_pattern()
    logged = pattern.sub(replacement, path + "?page=2")
    assert TOKEN not in logged
    assert RESET_KEY not in logged
    assert logged.endswith("?page=2")


def test_the_shipped_proxy_hides_a_receipt_and_keeps_an_id():
    pattern, replacement = get_proxy_pattern()
    assert pattern.sub(replacement, "/asked-for-help/?receipt=R-1:abc:def") == "/asked-for-help/?receipt=-"
    assert pattern.sub(replacement, "/families/0b8a7f0e/?page=2") == "/families/0b8a7f0e/?page=2"


@pytest.mark.parametrize("field", ["request>headers>Referer", "resp_headers>Location"])
def test_the_shipped_proxy_keeps_no_other_address(field):
    assert re.search(rf"^\s+{field} delete$", (ROOT / "deploy/Caddyfile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("formatter", [PlainFormatter("%(message)s"), build_formatter()])
@pytest.mark.parametrize("path", list_key_paths())
def test_our_own_log_hides_it_in_either_format(formatter, path):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: %s", (path,), None)
    line = formatter.format(record)
    assert TOKEN not in line
    assert RESET_KEY not in line


# ---------------------------------------------------------------- rows
def find_in_rows(secret):
    """Labels of the tables with a row that holds this text."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    found = []
    with connection.cursor() as cursor:
        for table in sorted(tables & set(connection.introspection.table_names(cursor))):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{secret}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


@pytest.fixture
def outbox(cast, settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    settings.OUTBOX_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"


def get_last_link(pattern):
    return re.search(pattern, OutboxEmail.objects.latest("created_at").body)[1]


def test_a_referrers_link_is_in_no_row_before_while_and_after_it_is_written_through(client, outbox):
    client.post(reverse("refer-by-email"), {"email": "gita@surgery.example"})
    token = get_last_link(r"/refer/link/([\w-]+)/")
    assert find_in_rows(token) == []
    link = reverse("referrer-link", args=[token])
    page = client.post(link)["Location"]
    slug = page.rstrip("/").rsplit("/", 1)[1]
    onward = client.post(page, DRAFT_PAGES[slug])
    assert (onward.status_code, token in onward["Location"]) == (302, True)
    assert find_in_rows(token) == []
    assert client.post(link)["Location"] == onward["Location"]  # and it is found again


def test_a_reset_key_is_in_no_row_and_not_in_the_session_that_uses_it(client, cast, outbox):
    client.post(reverse("account_reset_password"), {"email": cast["hub"].email})
    uid_and_key = get_last_link(r"/password/reset/key/([\w-]+)/")
    key = uid_and_key.split("-", 1)[1]
    assert find_in_rows(key) == []
    form = client.get(reverse("account_reset_password_from_key", args=uid_and_key.split("-", 1)), follow=True)
    assert "password1" in form.content.decode()
    stored = Session.objects.get().session_data
    unpacked = loads(stored, salt="django.contrib.sessions.SessionStore")
    assert unpacked["_password_reset_key"] != key
    assert key not in json.dumps(unpacked)
    assert client.session["_password_reset_key"] == key


def test_a_calendars_token_is_in_no_row(cast):
    _, token = CalendarToken.issue(user=cast["hub"])
    assert find_in_rows(token) == []


def test_an_email_that_was_sent_is_emptied(client, cast, outbox):
    client.post(reverse("account_reset_password"), {"email": cast["hub"].email})
    deliver_email(str(Job.objects.get().pk))
    assert "/password/reset/key/" in mail.outbox[0].body
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM jobs_outboxemail")
        assert cursor.fetchall() == [("",)]


def test_the_secrets_of_a_second_factor_are_encrypted(cast):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    factor = TOTP.activate(cast["hub"], secret)
    codes = RecoveryCodes.activate(cast["hub"]).generate_codes()
    assert len(codes) == 10
    assert find_in_rows(secret) == []
    stored = Authenticator.objects.values_list("data", flat=True)
    assert {decrypt_text(each["secret"]) for each in stored if "secret" in each} == {secret}
    assert all(decrypt_text(each["seed"]) != each["seed"] for each in stored if "seed" in each)
    code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))
    assert factor.validate_code(code)


def test_an_authenticators_secret_is_not_in_clear_while_it_is_set_up(cast):
    browser = Client()
    browser.force_login(cast["hub"])
    session = browser.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    assert "JBSWY3DPEHPK3PXP" not in json.dumps(
        loads(Session.objects.get().session_data, salt="django.contrib.sessions.SessionStore")
    )
    assert browser.session["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"


def test_a_former_secret_key_still_decrypts(settings):
    encrypted = encrypt_text("a text")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 60
    assert decrypt_text(encrypted) == "a text"
    assert encrypt_text("a text") != encrypt_text("a text")


def test_a_link_for_feedback_is_in_no_row_before_and_after_it_is_sent(client, cast, outbox):
    """By its page: the link is shown once, e-mailed, and kept as a digest."""
    consultation = hold_one(cast)
    client.force_login(cast["duty"])
    page = client.post(reverse("new-consultation-feedback", args=[consultation.pk])).content.decode()
    token = re.search(r"/consultation-feedback/([\w-]{40,})/", page)[1]
    assert token in OutboxEmail.objects.latest("created_at").body
    assert find_in_rows(token) == []
    assert token not in str(dict(client.session))
    deliver_email(str(Job.objects.latest("created_at").pk))
    assert find_in_rows(token) == []
    assert OutboxEmail.objects.latest("created_at").body == ""


def test_a_link_to_a_measure_is_in_no_row(client, cast):
    episode = make_episode(cast["blackburn"])
    client.force_login(cast["blackburn"])
    _, token = make_measure_link(
        episode=episode, dyad=episode.focus.get(), measure="prfq", timepoint="start", by=cast["blackburn"]
    )
    assert client.get(reverse("measure-link", args=[token])).status_code == 200
    assert find_in_rows(token) == []
