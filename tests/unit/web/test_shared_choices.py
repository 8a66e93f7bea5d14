"""Fields of one form that offer the same rows."""

from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairs.service.models import Site
from pairs.web.shared_choices import share_choices


class TwoSitesForm(forms.Form):
    home = forms.ModelChoiceField(Site.objects.none())
    others = forms.ModelMultipleChoiceField(Site.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        share_choices(
            Site.objects.filter(pk__in=Site.objects.order_by("name").values("pk")[:2]), *self.fields.values()
        )


def test_the_rows_are_read_once_for_all_fields(db):
    first, second = Site.objects.order_by("name")[:2]
    form = TwoSitesForm()
    with CaptureQueriesContext(connection) as seen:
        shown = form.as_p()
    assert len(seen) == 1
    for site in (first, second):
        assert shown.count(f'<option value="{site.pk}">{site}</option>') == 2


def test_what_was_not_offered_is_refused(db):
    _, second, third = Site.objects.order_by("name")[:3]
    form = TwoSitesForm({"home": third.pk, "others": [second.pk]})
    assert list(form.errors) == ["home"]
    assert form.cleaned_data["others"].get() == second
