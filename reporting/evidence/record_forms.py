"""What the form of reports does, for page and API alike."""

from pairs.submissions.record_forms import RecordForm
from reporting.evidence.actions import ask_for_report
from reporting.evidence.forms import ReportForm
from reporting.evidence.models import Report


class AskForReport(RecordForm):
    """The report of a month, asked for now or before."""

    form_class = ReportForm

    def save(self, form: ReportForm) -> Report:
        return ask_for_report(month=form.cleaned_data["month"], by=self.request.user)
