"""What the forms of the service report do, for page and API alike."""

from typing import Any

from django.utils import timezone

from pairs.submissions.record_forms import RecordForm
from reporting.performance import actions
from reporting.performance.forms import NeedForm, ServiceReportForm
from reporting.performance.models import RECOMMENDED_PERCENT, NeedFigure, ServiceReport


class AskForServiceReport(RecordForm):
    """The service report of a month, asked for now or before."""

    form_class = ServiceReportForm

    def save(self, form: ServiceReportForm) -> ServiceReport:
        return actions.ask_for_service_report(month=form.cleaned_data["month"], by=self.request.user)


class RecordNeed(RecordForm):
    """The need of a district."""

    form_class = NeedForm

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": timezone.localdate(), "percent": RECOMMENDED_PERCENT}

    def save(self, form: NeedForm) -> NeedFigure:
        return actions.record_need(by=self.request.user, **form.cleaned_data)
