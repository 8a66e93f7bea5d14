"""Pages of outreach: plan, change, record and cancel a session. The list is in referrals.views.outreach."""

from pairs.access import policy
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from referrals.outreach import record_forms
from referrals.outreach.models import RUNNERS


class OutreachFormPage(FormPage):
    """A form about a session, from its page and back to it."""

    back = PageOf("outreach-session", "record", "Outreach session")


class WarnedOutreachPage(WarnedFormPage):
    """A session at a time for which its lead may be booked already."""

    warning_title = "Booking clash"
    warning_text = "To keep this time, save again. Otherwise choose another time or lead."
    field_names = {"starts_at": "starts", "ends_at": "ends"}


@policy.permission(*RUNNERS)
class PlanOutreachPage(record_forms.PlanOutreach, WarnedOutreachPage, FormPage):
    """Plan a session with a community."""

    title = "Plan an outreach session"
    button = "Plan the session"
    message = "Outreach session planned."
    back = PageOf("outreach", text="Outreach")
    leads_to = PageOf("outreach-session", "made")


@policy.permission(*RUNNERS)
class ChangeOutreachPage(record_forms.ChangeOutreach, WarnedOutreachPage, OutreachFormPage):
    """Another time, place, community or lead."""

    title = "Change the outreach session"
    message = "Outreach session changed."


@policy.permission(*RUNNERS)
class RecordOutreachPage(record_forms.RecordOutreach, OutreachFormPage):
    """How many came and what was heard; may be corrected."""

    title = "Record the outreach session"
    message = "Outreach session recorded."


@policy.permission(*RUNNERS)
class CancelOutreachPage(record_forms.CancelOutreach, OutreachFormPage):
    """It does not take place."""

    title = "Cancel this outreach session?"
    text = ("PaIRS tells no one: inform your partner in the community yourself. This cannot be undone.",)
    button = "Cancel the session"
    danger = True
    message = "Outreach session cancelled. Tell your partner in the community."
