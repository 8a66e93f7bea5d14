"""Settings that each service chooses for itself: its limits, reminders and names. config.settings takes them all."""

from datetime import timedelta

from config.environment import DEMO, env

# ---------------------------------------------------------------- public entry points
# Number of trusted proxies in front of us: as many of the last entries of X-Forwarded-For are trusted.
# With none, only the connection's own address counts, since anybody can write that header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0 if DEMO else 1)
# How often within five minutes a password may be tried for one account from one network, or from a browser that the
# account has signed in from (pairs/access/sign_in_limits.py).
SIGN_IN_TRIES = env.int("SIGN_IN_TRIES", default=5)
# How many different families one person may open within an hour, and from how many on information governance is told.
# Both figures are our own choice, and no standard's: set them by your own busy hour. 0 turns one off, and with
# both off nothing is counted. What was opened within the hour stays open.
FAMILIES_OPENED_AN_HOUR = env.int("FAMILIES_OPENED_AN_HOUR", default=150)
FAMILIES_OPENED_REPORTED = env.int("FAMILIES_OPENED_REPORTED", default=60)
# What is let in within an hour. A family hub, a ward or a whole mobile network may share one address, so one
# address may do far more than one person would; the total is what a duty clinician can read, and what a
# mail server accepts. There is no CAPTCHA: whoever is refused is told whom to ring.
PUBLIC_LIMITS = {
    "ask-for-help": {
        "from_one": env.int("ASKS_FROM_ONE_ADDRESS", default=20),
        "in_all": env.int("ASKS_IN_ALL", default=200),
    },
    "referrer-link": {
        "from_one": env.int("LINKS_FROM_ONE_ADDRESS", default=20),
        "in_all": env.int("LINKS_IN_ALL", default=200),
        "to_one": env.int("LINKS_TO_ONE_ADDRESS", default=3),
    },
    # Links to choose a password, for one account. Whoever asks more often is not told, and nobody is locked out.
    "password-reset": {"to_one": env.int("RESETS_TO_ONE_ACCOUNT", default=3)},
    # Misses of one person who looks for a record to open in an emergency: no number is found by trying.
    "emergency-access": {"to_one": env.int("EMERGENCY_TRIES_AN_HOUR", default=10)},
    "viewing-report": {"to_one": 1},  # reports of one person who opens very many families
    # Calendars ask every hour or so, and a whole trust may come from one address; who guesses tokens is stopped.
    "calendar": {"from_one": env.int("CALENDARS_FROM_ONE_ADDRESS", default=1200)},
}
# A file with the key that signs history and access log each night: 32 bytes or more, kept apart from the database.
AUDIT_KEY_FILE = env("AUDIT_KEY_FILE", default="")
# For how long a record that was opened in an emergency may be read. Our own choice, and no standard's.
EMERGENCY_ACCESS_SECONDS = env.int("EMERGENCY_ACCESS_MINUTES", default=60) * 60
# Is it due when an open episode has nothing in the diary? A local choice, off unless it is wished for.
NOTHING_BOOKED_IS_DUE = env.bool("NOTHING_BOOKED_IS_DUE", default=False)
# Where "Leave this page quickly" goes: something anybody might have been looking at.
QUICK_EXIT_URL = env("QUICK_EXIT_URL", default="https://www.bbc.co.uk/weather")
# By which national rule small counts of reports are hidden: MHSDS (under 5) or HES (1 to 7).
DISCLOSURE_RULE = env("DISCLOSURE_RULE", default="MHSDS")
# A folder with the service's own licensed copies of measures (one YAML file a measure: see docs/operating/measures.md).
MEASURE_PACKS = env("MEASURE_PACKS", default="")
# A folder with the official files as they were published, for the administrator's page to check and take. Only somebody
# with access to the machine puts files there: pages take no uploads.
OFFICIAL_FILES = env("OFFICIAL_FILES", default="")
# For how many days the address by which a parent answers a measure on their own phone works.
MEASURE_LINK_DAYS = env.int("MEASURE_LINK_DAYS", default=7)
# A link by which a professional without an account refers once. Where WORK_DOMAINS is empty, every e-mail address
# counts as a work address but those of the providers where anybody gets one.
REFERRER_LINK_HOURS = env.int("REFERRER_LINK_HOURS", default=24)
WORK_DOMAINS = env.list("WORK_DOMAINS", default=[])
NOT_WORK_DOMAINS = env.list(
    "NOT_WORK_DOMAINS",
    default=[
        *("aol.com", "btinternet.com", "duck.com", "fastmail.com", "gmail.com", "gmx.co.uk", "gmx.com"),
        *(
            "googlemail.com",
            "hotmail.co.uk",
            "hotmail.com",
            "icloud.com",
            "live.co.uk",
            "live.com",
            "mac.com",
        ),
        *("mail.com", "me.com", "msn.com", "ntlworld.com", "outlook.com", "proton.me", "protonmail.com"),
        *("sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com", "zoho.com"),
    ],
)

# ---------------------------------------------------------------- what this service says of itself
# How to reach children's social care, one line each ("Example Council: 01632 960000, day and night"), shown where
# somebody refers. Empty until the service has checked its own councils' numbers: the page then names no number.
CHILDRENS_SOCIAL_CARE = [
    line.strip() for line in env("CHILDRENS_SOCIAL_CARE", default="").split(";") if line.strip()
]
SERVICE_NAME = env("SERVICE_NAME", default="PaIRS")
# How long a check of an entry in the signposting directory holds. A year is our own choice, and no standard's.
DIRECTORY_CHECK_HOLDS = timedelta(days=env.int("DIRECTORY_CHECK_HOLDS_DAYS", default=365))
# A contact written up more than so many hours after it is marked as a late entry. The hours are this service's own
# choice, to be set by its record-keeping policy; no national rule gives a number.
LATE_ENTRY_HOURS = env.int("LATE_ENTRY_HOURS", default=24)
# Local policy, and no national rule; 0 turns the reminder off. Until when a plan is to be there, how often a family
# that waits for a way of working hears from us, and when open-ended work is first asked whether it helps.
PLAN_WITHIN = timedelta(weeks=env.int("PLAN_WITHIN_WEEKS", default=0))
WAITING_CONTACT_EVERY = timedelta(weeks=env.int("WAITING_CONTACT_WEEKS", default=4))
HELPING_FIRST_AFTER = timedelta(weeks=env.int("HELPING_FIRST_WEEKS", default=12))
# How many days after filming the page suggests deleting a recording. No national rule is known to us: empty, so that
# nothing is suggested, until the service has its own.
FILM_KEPT_DAYS = env.int("FILM_KEPT_DAYS", default=0) or None
# After how many days an ask to the hub that nobody has taken on is due, by how soon an answer would help. Our own
# choice, and no standard's.
HUB_ASK_TAKEN_WITHIN = {
    "days": env.int("HUB_ASK_TAKEN_WITHIN_DAYS_SOON", default=2),
    "weeks": env.int("HUB_ASK_TAKEN_WITHIN_DAYS_LATER", default=10),
}
# How often somebody who works full time has an hour of supervision: with fewer years of work with under-twos, and with
# more. The defaults are those of the Parent-Infant Foundation's self-audit tool. Part-timers have it pro rata.
SUPERVISION_EVERY_DAYS_NEW = env.int("SUPERVISION_EVERY_DAYS_NEW", default=7)
SUPERVISION_EVERY_DAYS = env.int("SUPERVISION_EVERY_DAYS", default=14)
SUPERVISION_NEW_YEARS = env.int("SUPERVISION_NEW_YEARS", default=3)
# How many contacts a week somebody who works full time can give, and how much a family counts in a caseload's weight by
# its THRIVE grouping ("help=1,more_help=1.5"). No national figure is known to us: without the first no capacity in
# contacts is shown, and a family whose grouping has no weight counts as one.
CONTACTS_A_WEEK_PER_WTE = env.float("CONTACTS_A_WEEK_PER_WTE", default=0) or None
CASELOAD_WEIGHTS = env.dict("CASELOAD_WEIGHTS", cast={"value": float}, default={})
# For how many days before its last day an accreditation is due to be renewed. Our own choice, and no standard's.
ACCREDITATION_NOTICE_DAYS = env.int("ACCREDITATION_NOTICE_DAYS", default=90)
# For how many days a family's one-time link for feedback is good, and for how many days after an ending we
# still ask. Our own choices, and no standard's.
EXPERIENCE_LINK_DAYS = env.int("EXPERIENCE_LINK_DAYS", default=21)
EXPERIENCE_ENDED_DAYS = env.int("EXPERIENCE_ENDED_DAYS", default=60)
# For how many days the link is good by which a professional says how a consultation was. Our own choice.
CONSULTATION_FEEDBACK_DAYS = env.int("CONSULTATION_FEEDBACK_DAYS", default=21)
# The communities that this service reaches out to, by the names it gives them, with ";" between: a session of outreach
# chooses one, and the report counts by them. Empty until the service has written its own; another can always be typed.
OUTREACH_COMMUNITIES = [
    name.strip() for name in env("OUTREACH_COMMUNITIES", default="").split(";") if name.strip()
]
# Whom the public rings; without one no page names a number but the national ones. 01632 is never anybody's.
SERVICE_PHONE = env("SERVICE_PHONE", default="01632 960100" if DEMO else "")
TEST_NHS_NUMBERS = env.bool("TEST_NHS_NUMBERS", default=DEMO)  # 999 numbers are never issued to a person
