"""The e-mail address at work of a professional without an account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from referrals.rules.work_email import is_work_address


class WorkEmailForm(forms.Form):
    """An address at work: holding it is what shows that somebody works there."""

    email = forms.EmailField(
        label=_("Your work e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your work e-mail address"),
            "invalid": _("Write the e-mail address like name@example.nhs.uk"),
        },
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if not is_work_address(email, work=settings.WORK_DOMAINS, not_work=settings.NOT_WORK_DOMAINS):
            raise forms.ValidationError(
                _(
                    "Please use your work address, so that we know who we are replying to. If you do not "
                    "have one, call us and we will take the referral by phone"
                )
            )
        return email
