"""The addresses of signing in: allauth's own list, by name, so that its forms and passkeys load with the first of them.

`tests/project/test_lazy_views.py` compares it with the URLs that allauth builds from our settings.
"""

from django.conf import settings
from django.urls import path, re_path

from pairs.web.lazy_views import lazy_views

account = lazy_views("allauth.account.views")
factors = lazy_views("allauth.mfa.base.views")
totp = lazy_views("allauth.mfa.totp.views")
codes = lazy_views("allauth.mfa.recovery_codes.views")
passkeys = lazy_views("allauth.mfa.webauthn.views")
others = lazy_views("allauth.socialaccount.views")
single_sign_on = lazy_views(
    "allauth.socialaccount.providers.openid_connect.views"
)  # 404 while it is not set up

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("2fa/", factors.index, name="mfa_index"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("2fa/webauthn/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("3rdparty/login/cancelled/", others.login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", others.login_error, name="socialaccount_login_error"),
    path("3rdparty/signup/", others.signup, name="socialaccount_signup"),
    path("3rdparty/", others.connections, name="socialaccount_connections"),
]

if settings.SINGLE_SIGN_ON_URL:  # its views bring an HTTP client
    urlpatterns += [
        path("oidc/<str:provider_id>/login/", single_sign_on.login, name="openid_connect_login"),
        path(
            "oidc/<str:provider_id>/login/callback/", single_sign_on.callback, name="openid_connect_callback"
        ),
    ]
