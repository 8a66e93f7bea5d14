"""allauth's forms about the second factor, in our words."""

from typing import Any

from allauth.mfa.webauthn import forms as allauth_forms


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    """A passkey, or a security key as the second step after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "A name to recognise it by"
        passkey = self.fields["passwordless"]
        passkey.label = "Sign in with this alone, without my password"
        passkey.help_text = "It will then ask for your fingerprint, your face or its PIN."
