"""The nightly digest of history and logs: signed, chained to the one before, and e-mailed to information governance."""

import logging
from datetime import date, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import connection, transaction

from pairs.audit.live_rows import list_changed_rows
from pairs.audit.models import DailyDigest
from pairs.audit.row_hashes import hash_days, list_columns, list_sealed_tables
from pairs.audit.signing import KeyMissing, read_key, sign
from pairs.service.models import User

CHAIN_LOCK = 7042
log = logging.getLogger(__name__)


def seal_up_to(day: date) -> DailyDigest | None:
    """Sign every day that is not signed yet, up to this one; None when all are. Nights that were missed are caught up.

    Raises KeyMissing. The first takes in everything that was written before.
    """
    key = read_key()
    with transaction.atomic():
        _lock_chain()
        last = DailyDigest.objects.order_by("-until").first()
        if last and last.until >= day:
            return None
        since = last.until + timedelta(days=1) if last else None
        previous = last.signature if last else ""
        made = DailyDigest(since=since, until=day, tables=hash_tables(since, day), previous=previous)
        made.signature = sign(made.get_signed_content(), key)
        made.save()
        _mail_digest(made)
        return made


def _lock_chain() -> None:
    """Until the transaction ends nobody else signs. No row is locked: that takes a right to change it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def hash_tables(since: date | None, until: date) -> dict[str, Any]:
    """{table: {"columns": names, "days": {ISO date: [rows, hash]}}} of all that is sealed."""
    found = {}
    for table in list_sealed_tables():
        columns = list_columns(table)
        days = hash_days(table, columns, since=since, until=until)
        found[table] = {
            "columns": columns,
            "days": {day.isoformat(): [each.rows, each.hash] for day, each in days.items()},
        }
    return found


def _mail_digest(made: DailyDigest) -> None:
    """What stands outside the database: whoever rewrote the chain cannot take it out of a mailbox."""
    rows = sum(rows for table in made.tables.values() for rows, _ in table["days"].values())
    text = (
        f"History and access log of PaIRS up to {made.until:%d %B %Y} are signed ({rows} rows).\n\n"
        f"Signature: {made.signature}\n\n"
        "Keep this e-mail. To check that nothing was changed since, the person who runs the service enters:\n\n"
        f"manage.py verify_history --mailed {made.signature}\n"
    )
    _mail_governance(f"Signed history up to {made.until:%d %B %Y}", text)


def report_missing_key(error: KeyMissing) -> None:
    """Say that nothing was signed tonight: silence would look like a sound night."""
    log.error("No digest of history was signed: %s", error)
    _mail_governance(
        "History was not signed",
        "Last night’s history and access log of PaIRS were not signed. Tell the person who runs the service: the "
        "setting AUDIT_KEY_FILE has to name a file with a key.\n",
    )


def report_changed_rows() -> None:
    """Say that records were changed past their history, each night until it knows what they say."""
    found = list_changed_rows()
    if not found:
        return
    log.error("%d records are not what their history says", len(found))
    _mail_governance(
        "Records were changed without a trace",
        f"{len(found)} records of PaIRS are not what their history says: they were changed in the database itself, "
        "where no history was kept. Tell the person who runs the service: manage.py verify_history names them.\n",
    )


def _mail_governance(subject: str, text: str) -> None:
    for person in User.objects.with_permission("govern_records").exclude(email=""):
        send_mail(subject, text, None, [person.email])
