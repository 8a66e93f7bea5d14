"""The forms of a change of lead and of an absence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from interventions.episodes.models import Episode, query_possible_leads
from interventions.plans.forms.team import make_reason_field
from pairs.service.models import Site, User
from pairs.web.date_fields import make_day_field


class ChangeLeadForm(forms.Form):
    """Who leads from which day on, and why."""

    lead = forms.ModelChoiceField(User.objects.none(), label="New lead", empty_label="Choose a colleague")
    since = make_day_field("From")
    why = make_reason_field("Reason", help_text="For example: Maya changes to mornings. Colleagues read it.")
    former_stays = forms.BooleanField(
        label="The present lead stays as a co-worker", required=False,
        help_text="The family stays on their caseload too.",
    )  # fmt: skip

    def __init__(self, *args: Any, episode: Episode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = query_possible_leads(episode.site_id).exclude(pk=episode.lead_id)


class AbsenceForm(forms.Form):
    """Who is away from which day to which, and who covers."""

    starts_on = make_day_field("First day away")
    ends_on = make_day_field("Last day away")
    cover = forms.ModelChoiceField(
        User.objects.none(), label="Covered by", required=False, empty_label="Not decided yet",
        help_text="Sees what is due for them, and has their families on the caseload, until the last day.",
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Iterable[Any], **kwargs: Any) -> None:
        """``sites``: where the cover may be chosen from."""
        super().__init__(*args, **kwargs)
        self.fields["cover"].queryset = User.objects.with_permission("write_records", at=sites)


class NewAbsenceForm(AbsenceForm):
    """Of oneself, or of a colleague whom one supervises."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who is away", empty_label=None)
    site = forms.ModelChoiceField(Site.objects.none(), label="Site", empty_label=None)
    field_order = ("person", "site", "starts_on", "ends_on", "cover")

    def __init__(self, *args: Any, people: QuerySet[User], sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, sites=sites, **kwargs)
        self.fields["person"].queryset = people
        self.fields["site"].queryset = sites
