"""Signing in with an identity held elsewhere, by OpenID Connect (NHS CIS2 is one): off until it has an address."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import env

SINGLE_SIGN_ON_URL = env("SINGLE_SIGN_ON_URL", default="")
SINGLE_SIGN_ON_NAME = env("SINGLE_SIGN_ON_NAME", default="single sign-on")
# Values of the claim `acr`, any of which will do. Whoever comes with one of them needs no second factor of ours.
SINGLE_SIGN_ON_ASSURANCE = env.list("SINGLE_SIGN_ON_ASSURANCE", default=[])
SINGLE_SIGN_ON_ID = "staff"  # in our addresses, and of the links that are kept: never to be changed


def build_providers() -> dict[str, dict]:
    """SOCIALACCOUNT_PROVIDERS. Only the signed token counts: what else the provider would tell is not asked for.

    Raises ImproperlyConfigured unless client, secret and assurance are set too.
    """
    if not SINGLE_SIGN_ON_URL:
        return {}
    client, secret = env("SINGLE_SIGN_ON_CLIENT", default=""), env("SINGLE_SIGN_ON_SECRET", default="")
    if not (client and secret and SINGLE_SIGN_ON_ASSURANCE):
        raise ImproperlyConfigured(
            "SINGLE_SIGN_ON_URL needs SINGLE_SIGN_ON_CLIENT, SINGLE_SIGN_ON_SECRET and SINGLE_SIGN_ON_ASSURANCE."
        )
    app = {
        "provider_id": SINGLE_SIGN_ON_ID,
        "name": SINGLE_SIGN_ON_NAME,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": SINGLE_SIGN_ON_URL, "fetch_userinfo": False},
    }
    return {
        "openid_connect": {
            "APPS": [app],
            "SCOPE": ["openid"],
            "AUTH_PARAMS": {"acr_values": " ".join(SINGLE_SIGN_ON_ASSURANCE)},
            "OAUTH_PKCE_ENABLED": True,
        }
    }


SOCIALACCOUNT_PROVIDERS = build_providers()
# Loaded only where it is used: it brings an HTTP client.
SINGLE_SIGN_ON_APPS = ["allauth.socialaccount.providers.openid_connect"] if SINGLE_SIGN_ON_URL else []


def list_form_targets() -> list[str]:
    """Where our forms may lead besides ourselves: a browser holds the redirect to the provider against the policy."""
    return ["{0.scheme}://{0.netloc}".format(urlsplit(SINGLE_SIGN_ON_URL))] if SINGLE_SIGN_ON_URL else []
