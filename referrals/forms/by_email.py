"""What a professional without an account says of themselves: their work address first, then who they are."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from referrals.rules.words import PROFESSIONAL_GROUPS
from referrals.rules.work_email import is_work_address


class WorkEmail(forms.Form):
    """An address at work: holding it is what shows that somebody works there."""

    email = forms.EmailField(
        label=_("Your work e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Give your work e-mail address"),
            "invalid": _("Write the e-mail address like name@example.nhs.uk"),
        },
    )

    def clean_email(self):
        email = self.cleaned_data["email"]
        if not is_work_address(email, work=settings.WORK_DOMAINS, not_work=settings.NOT_WORK_DOMAINS):
            raise forms.ValidationError(
                _(
                    "Please use your address at work, so that we know whom we answer. Without one, ring us: we take"
                    " the referral on the phone"
                )
            )
        return email


class Asker(forms.Form):
    """Who refers, and how to ring them."""

    asker_name = forms.CharField(
        label=_("Your name"), max_length=120, error_messages={"required": _("Give your name")}
    )
    asker_group = forms.ChoiceField(
        label=_("Your profession"),
        choices=[("", _("Choose")), *((code, _(words)) for code, words in PROFESSIONAL_GROUPS)],
        error_messages={"required": _("Choose your profession")},
    )
    asker_role = forms.CharField(label=_("Your role"), max_length=120, required=False)
    asker_organisation = forms.CharField(
        label=_("Where you work"), max_length=120, error_messages={"required": _("Say where you work")}
    )
    asker_phone = forms.CharField(label=_("A phone number where we reach you"), max_length=20, required=False)
