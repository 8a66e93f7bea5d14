"""What the forms of reports do, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form

from pairs.submissions.record_forms import RecordForm
from reporting.evidence.actions import ask_for_report, correct_report, sign_report
from reporting.evidence.forms import CorrectionForm, ReportForm
from reporting.evidence.models import Report


class AskForReport(RecordForm):
    """The report of a month, asked for now or before."""

    form_class = ReportForm

    def save(self, form: ReportForm) -> Report:
        return ask_for_report(month=form.cleaned_data["month"], by=self.request.user)


class SignReport(RecordForm):
    """A manager signs a report off, by name."""

    model, form_class = Report, Form

    def get_records(self) -> QuerySet[Any]:
        return Report.objects.for_page()

    def save(self, form: Form) -> Report:
        return sign_report(report=self.record, by=self.request.user)


class CorrectReport(RecordForm):
    """A report is made again as its next edition, with the reason."""

    model, form_class = Report, CorrectionForm

    def get_records(self) -> QuerySet[Any]:
        return Report.objects.for_page()

    def save(self, form: CorrectionForm) -> Report:
        return correct_report(report=self.record, by=self.request.user, **form.cleaned_data)
