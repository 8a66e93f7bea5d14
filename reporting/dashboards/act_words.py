"""What somebody did, in plain words, from the name of the address that the access log keeps."""

from functools import cache

# What an address's name says otherwise than people would: the whole name first, then its words.
PAGE_WORDS = {
    "access-log": "Access log",
    "account-events": "Sign-ins",
    "ask-for-harm-view": "Ask a practitioner about serious harm",
    "ask-for-help": "The form by which a family asks for help",
    "ask-for-more": "Ask a referrer for more",
    "new-way-back": "Add how a family can come back",
    "way-back": "How a family can come back",
    "ways-back": "How families can come back",
    "hub-asks": "Requests to the hub",
    "hub-ask": "A request to the hub",
    "due-decision": "Postpone an item of To do",
    "due-reassignment": "Reassign an item of To do",
    "film": "A filming cycle",
    "films": "Filming",
    "new-peer-log": "Add to a peer supporter’s log",
    "peer-log-in-error": "Delete an entry of a peer supporter’s log",
    "before-you-knock": "Before a first visit",
    "visit-before-you-knock": "Before a visit",
    "bundle": "A copy for a subject access request",
    "bundle-entry": "An entry of a subject access copy",
    "bundle-json": "Subject access copy, for programs: downloaded",
    "bundle-pdf": "Subject access copy, PDF: downloaded",
    "bundle-section": "Entries of a subject access copy",
    "call-back-measure-link": "Withdraw a measure link",
    "call-back-move": "Undo a move",
    "change-together": "Change seen together",
    "contact-as-text": "Contact as text",
    "care-contact": "A contact's note",
    "chronology": "Timeline",
    "consultation-taking-back": "Take back a consultation",
    "day-sheet": "Day on paper",
    "dyad": "A relationship",
    "family": "Family page",
    "family-plan": "Plan and goals",
    "family-measures": "Measures",
    "family-changes": "Changes to a record",
    "family-changes-csv": "Changes to a record, as CSV",
    "episode-measures": "Measures of an episode",
    "infant": "A baby's page",
    "caregiver": "A carer's page",
    "is-it-helping": "Is this helping?",
    "look-through-merge": "Check after a merge",
    "my-calendar": "Calendar address",
    "calendar": "Calendar feed",
    "name-baby": "Add a baby to a referral",
    "name-carer": "Add a carer to a referral",
    "own-record": "Whether a record is one's own",
    "opening-reason": "Reason for opening a record",
    "phone-in": "Phone referral",
    "phone-in-check": "Check a phone referral",
    "phone-in-page": "A page of a phone referral",
    "record-gaps": "Gaps in records",
    "refer": "Refer a family",
    "refer-check": "Check a referral",
    "refer-page": "A page of a referral",
    "referrer-link-page": "A page of a referral by link",
    "referral-read": "Mark a referral as read",
    "family-retention": "Retention of a record",
    "restore-appointment": "Undo a cancelled visit",
    "read-sealed-record": "A sealed birth record",
    "search": "Search for a family",
    "to-countersign": "Notes to countersign",
    "unknown": "An address that does not exist",
    "waits": "Waiting times",
    "worklist": "To do",
    "worry": "Raise a worry",
    "write-up": "Write up a visit",
    "asked-of-us": "Requests to the hub",
    "infant-not-the-same": "Two babies, not duplicates",
    "caregiver-not-the-same": "Two carers, not duplicates",
}
WORDS = {
    "appointment": "visit",
    "appointments": "visits",
    "ask": "hub request",
    "asks": "hub requests",
    "caregiver": "carer",
    "caregivers": "carers",
    "co": "co-",
    "csv": "as CSV",
    "destination": "signposting entry",
    "destinations": "signposting entries",
    "dyad": "relationship",
    "dyads": "relationships",
    "facilitators": "facilitators",
    "film": "film",
    "infant": "baby",
    "infants": "babies",
    "email": "e-mail",
    "liaison": "liaison",
    "mfa": "second factor:",
    "new": "new",
    "ods": "as a spreadsheet",
    "pdf": "as PDF",
    "print": "to print",
    "socialaccount": "single sign-on:",
    "totp": "authenticator app",
    "webauthn": "passkey",
    "way": "intervention",
    "ways": "interventions",
}


@cache
def get_page_words(view: str) -> str:
    """The page or part of the API in words: "Family page"; "Carer details (by a program)"."""
    name = view.removeprefix("api-")
    words = PAGE_WORDS.get(name) or _join_words(name)
    return f"{words} (by a program)" if view.startswith("api-") else words


def _join_words(name: str) -> str:
    text = " ".join(WORDS.get(each, each) for each in name.replace("_", "-").split("-"))
    text = text.replace("co- ", "co-")
    return text[:1].upper() + text[1:]


def describe_act(view: str, method: str, status: int) -> str:
    """What was done there: opened, saved or refused."""
    page = get_page_words(view)
    if status == 429:
        return f"Stopped, too many records within an hour: {page}"
    if status in (403, 404):
        return f"Refused: {page}"
    return f"{'Opened' if method in ('GET', 'HEAD') else 'Sent'}: {page}"
