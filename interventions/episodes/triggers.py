"""Nobody in open work is without a lead: held by the database, whatever writes to it.

``Episode.lead`` is never empty. Beyond that the lead of open work is an open account: an account does not close while
it leads, and an episode neither opens, reopens nor changes to a lead whose account is closed. Whether the lead still
works at the site is a matter of days, and so of the daily check (interventions/workforce/lead_gaps.py).
"""

from django.db import connection, transaction

from interventions.episodes.models import Episode
from pairs.access.records import live_sql
from pairs.service.models import User

EPISODES, USERS = Episode._meta.db_table, User._meta.db_table
REFUSED = "ERRCODE = 'check_violation'"

STATEMENTS = (
    f"""CREATE OR REPLACE FUNCTION an_account_that_leads_stays_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM "{EPISODES}" WHERE lead_id = NEW.id AND ended_on IS NULL AND {live_sql()}) THEN
        RAISE EXCEPTION 'an_account_that_leads_stays_open' USING {REFUSED};
    END IF; RETURN NEW; END $$""",
    f"""CREATE OR REPLACE TRIGGER an_account_that_leads_stays_open BEFORE UPDATE OF is_active ON "{USERS}"
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION an_account_that_leads_stays_open()""",
    # The lock makes one of two wait for the other: the closing of an account, and a family that is given to it.
    f"""CREATE OR REPLACE FUNCTION open_work_has_an_open_account() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM FROM "{USERS}" WHERE id = NEW.lead_id AND is_active FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'open_work_has_an_open_account' USING {REFUSED};
    END IF; RETURN NEW; END $$""",
    f"""CREATE OR REPLACE TRIGGER open_work_has_an_open_account BEFORE INSERT OR UPDATE OF lead_id, ended_on
    ON "{EPISODES}" FOR EACH ROW WHEN (NEW.ended_on IS NULL) EXECUTE FUNCTION open_work_has_an_open_account()""",
)


@transaction.atomic
def install_triggers() -> None:
    """Create the triggers, as the owner of the tables. Safe to run again."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)
