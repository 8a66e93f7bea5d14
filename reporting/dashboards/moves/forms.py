"""Forms of moves: where to, who leads there and until when both read, and why not."""

from typing import Any

from django import forms

from pairs.service.models import Site, SiteQuerySet, User, UserQuerySet
from pairs.web.date_fields import make_day_field


class OfferMoveForm(forms.Form):
    """Where the family should be held from now on, and why."""

    to_site = forms.ModelChoiceField(
        label="Offer the family to",
        queryset=Site.objects.none(),
        to_field_name="code",
        empty_label="Choose a site",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea,
        help_text="What the other site needs to know to answer. They can read the whole record until they do.",
    )

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_site"].queryset = sites


class AcceptMoveForm(forms.Form):
    """Who leads from now on, and the last day of the hand-over."""

    lead = forms.ModelChoiceField(
        label="Who will lead here?", queryset=User.objects.none(), empty_label="Choose someone"
    )
    hand_over_until = make_day_field(
        "Last day of the hand-over",
        help_text="Both sites can read the record until then. Only this site can write in it.",
    )

    def __init__(self, *args: Any, leads: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads


class DeclineMoveForm(forms.Form):
    """Why the family cannot be taken on here now."""

    why = forms.CharField(label="Why not?", max_length=300, widget=forms.Textarea)


class WithdrawMoveForm(forms.Form):
    """Why it is no longer offered, if anybody will want to know."""

    why = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea, required=False)


class CallBackMoveForm(forms.Form):
    """Why the move was wrong."""

    why = forms.CharField(label="Why are you reversing the move?", max_length=300, widget=forms.Textarea)
