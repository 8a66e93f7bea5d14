"""Pages of who does the work: a change of lead; absences and their cover."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.episodes.views.record_pages import EpisodeFormPage
from interventions.workforce import record_forms
from interventions.workforce.models import Absence
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_plural


@policy.permission("write_records")
class ChangeLeadPage(record_forms.ChangeLead, EpisodeFormPage):
    """Change the lead of an episode."""

    title = "Change the lead"
    button = "Change the lead"

    def get_text(self) -> list[str]:
        coming = Appointment.objects.going_on().filter(episode=self.record, starts_at__gte=timezone.now())
        count = len(list_visible(self.request, coming.filter(practitioner=self.record.lead_id)))
        visits = format_plural(count, "booked visit") if count else "Booked visits"
        return [
            f"{self.record.lead} leads now. {visits}, open alerts and requests to the hub go to the new "
            "lead. Unsigned notes stay with their author."
        ]

    def get_message(self) -> str:
        chosen = self.form.cleaned_data
        return f"{chosen['lead']} leads from {chosen['since']:%-d %B %Y}."


@policy.permission("write_records", "supervise")
def list_absences(request: ScopedRequest) -> HttpResponse:
    """Who is away now or will be, and who covers."""
    on = timezone.localdate()
    rows = Absence.objects.standing().unended(on).select_related("person", "cover", "site")
    absences = list_visible(request, rows)
    context = {
        "absences": [
            (row, row.starts_on <= on, record_forms.may_change_absence(request.scope, row))
            for row in absences
        ]
    }
    return render(request, "workforce/absences.html", context)


class AbsencePage(FormPage):
    """Leads back to the list of absences."""

    back = PageOf("absences", text="Absence and cover")


@policy.permission("write_records", "supervise")
class AddAbsencePage(record_forms.RecordAbsence, AbsencePage):
    """Record that a colleague is away, and who covers."""

    title = "Record an absence"
    text = (
        "While they are away their due items and families go to the colleague who covers, and come back by "
        "themselves after the last day. The reason for an absence is not recorded here.",
    )
    button = "Record absence"
    message = "The absence is recorded."


@policy.permission("write_records", "supervise")
class ChangeAbsencePage(record_forms.ChangeAbsence, AbsencePage):
    """Change the days or the cover of an absence."""

    title = "Change an absence"
    button = "Save absence"
    message = "The absence is changed."

    def get_text(self) -> list[str]:
        return [f"{self.record.person}, {self.record.site}"]


@policy.permission("write_records", "supervise")
class CancelAbsencePage(record_forms.CancelAbsence, AbsencePage):
    """Cancel an absence: their work is theirs again at once."""

    title = "Cancel this absence?"
    consequences = ("their due items and families are theirs alone again, from now on",)
    button = "Cancel absence"
    danger = True
    message = "The absence is cancelled."

    def get_text(self) -> list[str]:
        return [str(self.record)]
