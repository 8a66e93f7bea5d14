"""What the forms of experience do, for pages and API alike."""

from typing import Any

from outcomes.experience.actions import AnswerReceipt, record_paper_answer
from outcomes.experience.forms import PaperAnswersForm
from pairs.service.models import Site
from pairs.submissions.record_forms import RecordForm


class RecordPaperAnswer(RecordForm):
    """What stands on a paper, of one of the sites where one reads reports. It is about no record."""

    form_class = PaperAnswersForm

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = self.request.scope.sites("read_reports")
        return {"sites": Site.objects.filter(pk__in=sites).order_by("name")}

    def save(self, form: PaperAnswersForm) -> AnswerReceipt:
        return record_paper_answer(**form.cleaned_data)
