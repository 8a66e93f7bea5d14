"""How people sign in: the part of the settings that is the same everywhere."""

AUTHENTICATION_BACKENDS = [
    "pairs.access.backends.StaffBackend",
    "pairs.families.backends.ScopeBackend",
]
# It looks for its own backend by name; ScopeBackend is one, and answers for grants that have ended as well.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "pairs.access.password_validation.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "pairs.access.adapters.StaffAccountAdapter"
MFA_ADAPTER = "pairs.access.adapters.StaffFactorAdapter"
ACCOUNT_FORMS = {
    "change_password": "pairs.access.password_forms.ChangePasswordForm",
    "set_password": "pairs.access.password_forms.SetPasswordForm",
    "reset_password": "pairs.access.password_forms.ResetPasswordForm",
    "reset_password_from_key": "pairs.access.password_forms.ResetPasswordKeyForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "pairs.access.reset_tokens.ResetTokenGenerator"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner hears of every change to what opens the account
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# None by network address: a hospital is one. Passwords are counted by pairs.access.sign_in_limits, requests for a link
# by PUBLIC_LIMITS; codes of the second factor by account, after the right password.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": None,
    "reset_password_from_key": None,
}
# allauth's own limit of passkeys is one of a network address; a passkey has no secret that could be guessed.
MFA_RATE_LIMITS: dict[str, str | None] = {"webauthn_login": None}
MFA_FORMS = {"add_webauthn": "pairs.access.factor_forms.AddPasskeyForm"}
SOCIALACCOUNT_ADAPTER = "pairs.access.single_sign_on.SingleSignOnAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
