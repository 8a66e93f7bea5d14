"""Every e-mail that the outbox may get is kept with its sender, who is asked when it fails; or says why it has none."""

import ast

from script.local.state_folder import ROOT
from tests.databases import TOP_PACKAGES

# What keeps the sender: its callers need no reason.
KEEPERS = {"pairs/jobs/notifications.py:send_notice", "referrals/actions/sent_emails.py:send_referral_email"}
ALSO_DUE = "it is due by itself to whoever is told, so that nothing hangs on the e-mail: "
BY_CLOCK = "nobody sends it: it goes by the clock"
ADMINISTRATORS = "an administrator sends it, and administrators see every e-mail that failed (failed work)"
WITHOUT_SENDER = {
    "pairs/access/account_administration.py:_tell_of_new_address": ADMINISTRATORS,
    "pairs/access/account_administration.py:_ask_second_person": ADMINISTRATORS,
    "pairs/access/account_administration.py:_tell_owner": ADMINISTRATORS,
    "pairs/access/unusual_viewing.py:_tell_governance": "a limit was passed, which the account log says too",
    "pairs/audit/digests.py:_mail_governance": BY_CLOCK,
    "pairs/emergency_access/actions.py:_tell_governance": ALSO_DUE + "emergency access to review",
    "pairs/families/actions/alerts.py:_mail_unseen": BY_CLOCK,
    "pairs/families/actions/alerts.py:raise_risk_alert": ALSO_DUE
    + "an alert is never snoozed, and escalated",
    "pairs/families/actions/records.py:mark_entered_in_error": "governance reads the access log, where it stands",
    "pairs/restrictions/actions.py:answer_own_record": "governance reads of it on its page of unusual reading",
    "pairs/jobs/notifications.py:send_link": "its own callers are asked here",
    "referrals/actions/additions.py:add_to_referral": ALSO_DUE + "new information on a referral",
    "referrals/actions/first_reader.py:_send_unread_notice": BY_CLOCK,
    "referrals/actions/handover.py:hand_over_referrals": "a referrer has no To do; the referrals are on the home page",
    "referrals/actions/linking.py:request_hub_check": ALSO_DUE + "a match to check",
    "referrals/actions/referrer_links.py:send_referrer_link": "the person themselves asked for it, without an account",
    "referrals/actions/reminders.py:remind_of_unsent": BY_CLOCK,
    "interventions/workforce/tasks.py:_tell_of_gaps": BY_CLOCK,
    "interventions/workforce/tasks.py:_tell_of_left_forms": BY_CLOCK,
    "reporting/dashboards/accounts/actions.py:_send_first_link": ADMINISTRATORS,
    "reporting/dashboards/digest.py:send_digest": BY_CLOCK,
    "reporting/dashboards/weekly_digest.py:send_weekly_digest": BY_CLOCK,
    "reporting/evidence/documents.py:tell_readers": "the worker sends it; the page of reports says it too",
}


def list_senders():
    """ "path:function" of every function that hands an e-mail to the outbox."""
    files = [path for package in TOP_PACKAGES for path in (ROOT / package).rglob("*.py")]
    return {
        f"{path.relative_to(ROOT)}:{function.name}"
        for path in files
        if "send_" in (source := path.read_text())
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef) and calls_mail(function)
    }


def calls_mail(function):
    called = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return bool(called & {"send_mail", "send_link", "EmailMessage", "EmailMultiAlternatives"})


def test_every_email_has_a_sender_or_a_reason():
    found = list_senders()
    assert found >= KEEPERS
    assert found - KEEPERS == set(WITHOUT_SENDER), (
        "send it by send_notice or send_referral_email, or say why not"
    )
