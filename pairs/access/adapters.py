"""How sign-in differs from allauth's defaults: nobody signs up, limits lock nobody else out, what happens is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from pairs.access import account_signals, sign_in_limits
from pairs.access.account_actions import record_account_event
from pairs.access.open_sessions import remember_device
from pairs.audit.models import AccountEventKind
from pairs.database.encryption import decrypt_text, encrypt_text
from pairs.jobs.outbox import OutboxBackend
from pairs.service.models import User

account_signals.connect_receivers()


BEGUN_WITH = "sign_in_begun_with"
REAUTHENTICATION_WORDS = {
    "reauthenticate": "Confirm with your password",
    "mfa_reauthenticate": "Confirm with a code",
    "mfa_reauthenticate:webauthn": "Confirm with a passkey or security key",
}


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a system administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many attempts from this network. Wait five minutes, or choose a new password.",
        "username_password_mismatch": "Incorrect username or password.",
        "email_password_mismatch": "Incorrect e-mail address or password.",
        "incorrect_password": "The password is incorrect. Check it and try again.",
        "enter_current_password": "Your current password is incorrect.",
        "incorrect_code": "That code is incorrect or has expired.",
        "rate_limited": "Too many attempts. Wait five minutes, then try again.",
        "account_inactive": "This account is closed. Ask your service’s administrator.",
        "invalid_login": "Incorrect username or password.",
        "invalid_password_reset": "This link has been used or has expired. Request a new one.",
        "invalid_or_expired_key": "This link has been used or has expired. Request a new one.",
        "username_blacklisted": "Choose another username.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Linking an identity from elsewhere opens the account to it, as a new passkey does."""
        return app == "allauth.socialaccount" or super().is_reauthentication_required(app=app)

    def get_login_stages(self) -> list[str]:
        """allauth's own, but for the second factor: single sign-on has brought one."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "pairs.access.single_sign_on.SecondFactorStage"}
        return [ours.get(each, each) for each in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refused beyond the limit of this browser, or of this account from this network: never a whole address."""
        tried = sign_in_limits.count_try(request, _get_typed_name(credentials))
        if tried.is_first_refused:
            record_account_event(AccountEventKind.LOCKED_OUT, user=tried.user, request=request)
        if tried.is_refused:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user:
            sign_in_limits.forget_tries(request, _get_typed_name(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = sign_in_limits.find_account(_get_typed_name(credentials))
        record_account_event(AccountEventKind.FAILED, user=user, request=request)

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """The password was right: what opened the account then is remembered until the second step is done."""
        request.session[BEGUN_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **facts)

    def login(self, request: HttpRequest, user: User) -> None:
        """Not where the password was right before it was changed, or before the account's keys ended."""
        begun = request.session.pop(BEGUN_WITH, "")
        if begun and not constant_time_compare(begun, user.get_session_auth_hash()):
            clear_login(request)
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        response = super().post_login(request, user, **facts)
        sign_in_limits.remember_browser(request, response, user)
        remember_device(request)
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to show once more that it is you, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [each | {"description": REAUTHENTICATION_WORDS[each["id"]]} for each in methods]

    def format_email_subject(self, subject: str) -> str:
        """As it is: the sender's name says which service it is from."""
        return subject

    def render_mail(
        self, template_prefix: str, email: Any, context: Any, headers: Any = None
    ) -> EmailMessage:
        named = {"service_name": settings.SERVICE_NAME, "base_url": settings.BASE_URL}
        message = super().render_mail(template_prefix, email, context | named, headers)
        owner = context.get("user")
        if owner and owner._state.adding:  # nobody's: written to be undone, whatever else sends mail here
            message.connection = OutboxBackend()
        return message


def _get_typed_name(credentials: dict[str, Any]) -> str:
    """Username or e-mail address, as it was typed."""
    return credentials.get("username") or credentials.get("email") or ""


class StaffFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "This is your only second step. Add another one first.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
        "incorrect_code": "That code is incorrect or has expired.",
        "unverified_email": "Your administrator has to confirm your e-mail address first.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new key is called at first."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Key {held + 1}"

    def encrypt(self, text: str) -> str:
        return encrypt_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt_text(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME
