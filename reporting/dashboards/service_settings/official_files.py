"""Pages of official files: what lies in the folder, a check of what would change, and taking it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.geography.models import ImportRun
from pairs.geography.official_files import list_official_files, list_outcome_lines
from pairs.jobs.models import Job
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_day_and_time
from reporting.dashboards.service_settings import record_forms
from reporting.dashboards.service_settings.loaded_files import list_loaded_rows


@policy.permission("manage_accounts")
class OfficialFilesPage(record_forms.CheckFile, FormPage):
    """What is loaded, the files that can be checked, and what was checked and taken before."""

    kind = "official-file-check"
    template_name = "service_settings/official_files.html"
    title = "Official files"
    text = (
        "Deprivation, postcodes and populations come from official files. Checking a file does not change anything: "
        "you will see what would change, then decide.",
    )
    button = "Check the file"

    back = PageOf("settings", text="Settings")
    leads_to = PageOf("official-file", "made")

    def get_context(self, form: Any) -> dict[str, Any]:
        page = get_visible_page(self.request, ImportRun.objects.newest_first(), per_page=20)
        return {
            "files": list_official_files(),
            "has_folder": bool(settings.OFFICIAL_FILES),
            "loaded": list_loaded_rows(),
            "page": page,
            "runs": list(map(build_run_row, page)),
        }


def build_run_row(run: ImportRun) -> list[Any]:
    """Cells of the history: when, file, what was done, by whom, what came of it."""
    return [
        format_day_and_time(run.asked_at),
        {"text": run.file_name, "href": reverse("official-file", args=[run.pk])},
        "Taken" if run.takes else "Checked",
        str(run.asked_by),
        describe_state(run),
    ]


def describe_state(run: ImportRun) -> str:
    """How far it is, in a word or two."""
    if run.refusal:
        return "Refused"
    if run.job.status == Job.DONE:
        return "Nothing to change" if run.result["unchanged"] else "Done"
    return "Failed" if run.job.status == Job.FAILED else "Being read"


@policy.permission("manage_accounts")
class OfficialFilePage(record_forms.TakeFile, FormPage):
    """One run: how far it is, what would change or has changed, and the button that takes it."""

    kind = "official-file-taking"
    template_name = "service_settings/official_file.html"
    button = "Take this file"
    open_to_readers = True
    message = "The file is being loaded."

    def get_title(self) -> str:
        return f"{self.record.file_name}: {'taken' if self.record.takes else 'check'}"

    back = PageOf("official-files", text="Official files")
    leads_to = PageOf("official-file", "made")

    def get_text(self) -> Sequence[str]:
        return list(list_outcome_lines(self.record))

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"run": self.record, "job": self.record.job}


@policy.permission("manage_accounts", background=True)
def show_official_file_progress(request: ScopedRequest, run_id: UUID) -> HttpResponse:
    """How far a run is; asked again by its page."""
    run = get_visible_or_404(request, ImportRun.objects.newest_first(), pk=run_id)
    return render(request, "service_settings/official_file_progress.html", {"run": run, "job": run.job})
