"""What each form of the service's settings is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form

from pairs.geography.models import ImportRun
from pairs.geography.official_files import ask_for_check, ask_to_take, list_official_files
from pairs.service import site_actions
from pairs.service.models import Place, Site
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from reporting.dashboards.service_settings import forms


class AddSite(RecordForm):
    """One satellite more, open or planned."""

    form_class = forms.SiteForm

    def save(self, form: forms.SiteForm) -> Site:
        return site_actions.add_site(**form.cleaned_data)


class ChangeSite(EditForm):
    """A site's name, opening date and last day."""

    model, form_class = Site, forms.SiteForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("name", "opens_on", "closes_on")}

    def save(self, form: forms.SiteForm) -> Site:
        return site_actions.change_site(site=self.record, **form.cleaned_data)


class ChangePlace(EditForm):
    """Which site serves a district."""

    form_class = forms.PlaceForm

    def get_records(self) -> QuerySet[Any]:
        return Place.objects.select_related("covering_site")

    def get_initial(self) -> dict[str, Any]:
        return {"covering_site": self.record.covering_site.code}

    def save(self, form: forms.PlaceForm) -> Place:
        return site_actions.change_covering_site(place=self.record, **form.cleaned_data)


class CheckFile(RecordForm):
    """One file of the folder is read, to see what would change."""

    form_class = forms.CheckFileForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"files": list_official_files()}

    def save(self, form: forms.CheckFileForm) -> ImportRun:
        return ask_for_check(by=self.request.user, **form.cleaned_data)


class TakeFile(RecordForm):
    """The file of a check is loaded."""

    model, form_class = ImportRun, Form

    def save(self, form: Form) -> ImportRun:
        return ask_to_take(check=self.record, by=self.request.user)
