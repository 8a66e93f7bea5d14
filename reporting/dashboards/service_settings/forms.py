"""Forms of the service's settings: a site, and who serves a district."""

from typing import Any

from django import forms

from pairs.geography.official_files import FoundFile
from pairs.service.models import Site
from pairs.web.date_fields import make_day_field


class SiteForm(forms.Form):
    """What a site is called, and from when until when it is open."""

    name = forms.CharField(label="Name", max_length=80)
    opens_on = make_day_field(
        "Opening date", required=False, help_text="Leave empty while the site is planned."
    )
    closes_on = make_day_field(
        "Last day", required=False, help_text="Leave empty while no closing is planned."
    )


class PlaceForm(forms.Form):
    """Which site serves the district."""

    covering_site = forms.ModelChoiceField(
        label="Served by",
        queryset=Site.objects.all(),
        empty_label=None,
        to_field_name="code",
        help_text="New referrals go there once it is open, and to the hub until then. Families stay with their team.",
    )


class CheckFileForm(forms.Form):
    """Which file of the folder is checked."""

    file_name = forms.ChoiceField(label="File")
    partial = forms.BooleanField(
        label="Accept far fewer rows than are loaded now",
        required=False,
        help_text="Leave this empty unless you mean to load a part only.",
    )

    def __init__(self, *args: Any, files: list[FoundFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file_name"].choices = [
            (each.name, f"{each.name} ({each.kind_name})") for each in files if each.kind
        ]
