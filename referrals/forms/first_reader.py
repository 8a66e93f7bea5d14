"""Who reads new referrals first at a site, and who when they are away."""

from typing import Any

from django import forms

from pairs.service.models import Site, SiteQuerySet, User


class FirstReadersForm(forms.Form):
    """Reader and deputy of one site: two people who triage there."""

    site = forms.ModelChoiceField(
        label="Site", queryset=Site.objects.none(), to_field_name="code", empty_label="Choose"
    )
    reader = forms.ModelChoiceField(
        label="Who reads new referrals first?", queryset=User.objects.none(), empty_label="Choose"
    )
    deputy = forms.ModelChoiceField(
        label="Who reads them when they are away?", queryset=User.objects.none(), empty_label="Choose",
        help_text="They are told when one working hour is left.",
    )  # fmt: skip

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        people = User.objects.with_permission("triage_referrals", at=sites)
        for name in ("reader", "deputy"):
            self.fields[name].queryset = people
