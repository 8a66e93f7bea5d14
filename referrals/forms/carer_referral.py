"""A carer is referred for help of their own."""

from django import forms

from referrals.forms.pages import MAX_TEXT_LENGTH, TEXT_AREA, PermissionPage


class CarerReferralForm(PermissionPage):
    """A carer is referred for help of their own."""

    conditional = ("parent_says",)  # needed of some answers

    asked_by = forms.ChoiceField(
        label="Who is asking for it?",
        choices=[("carer", "They asked for it themselves"), ("staff", "We suggest it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is asking for it"},
    )
    noticed = forms.CharField(
        label="Why would help of their own be useful?", max_length=MAX_TEXT_LENGTH, widget=TEXT_AREA,
        error_messages={"required": "Enter why, in a sentence or two"},
    )  # fmt: skip
    parent_says = forms.CharField(
        label="What do they say themselves?", max_length=MAX_TEXT_LENGTH, required=False, widget=TEXT_AREA,
        help_text="In their own words, as near as you can.",
    )  # fmt: skip
    hopes = forms.CharField(
        label="What do they hope for?", max_length=MAX_TEXT_LENGTH, required=False, widget=TEXT_AREA
    )
    field_order = ("asked_by", "noticed", "parent_says", "hopes")
