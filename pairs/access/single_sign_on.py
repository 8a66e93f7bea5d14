"""Signing in with an identity held elsewhere, by OpenID Connect (docs/adr/0064-single-sign-on.md).

An account is opened by the identity that its owner has linked to it, known by the provider's own subject: never by an
e-mail address or a name, and only with the assurance that the service asks for.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """An identity from outside signs in only as the account it has been linked to."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": "This identity is linked to another account.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refused, whether to sign in or to link, unless it was checked as thoroughly as we ask.

        What we ask for stands in the address that leads to the provider, where anybody can change it: only what the
        signed token says counts.
        """
        if not has_assurance(sociallogin.account.extra_data):
            raise ImmediateHttpResponse(render(request, "socialaccount/not_assured.html", status=403))


def came_by_single_sign_on(request: HttpRequest) -> bool:
    """Has single sign-on opened this session?"""
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "socialaccount" for each in records)


def has_assurance(claims: dict[str, Any]) -> bool:
    """Is `acr` of the signed token one of SINGLE_SIGN_ON_ASSURANCE? A token without it is not."""
    return claims.get("id_token", {}).get("acr") in settings.SINGLE_SIGN_ON_ASSURANCE


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless single sign-on has opened the door."""

    def handle(self) -> tuple[Any, bool]:
        if (self.login.signal_kwargs or {}).get("sociallogin"):
            return None, True
        return super().handle()
