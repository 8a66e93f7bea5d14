"""How sign-in differs from allauth's defaults: nobody signs up, and a single sign-on must be linked first."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a system administrator."""

    def is_open_for_signup(self, request):
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """An identity from outside signs in only as the account it has been linked to."""

    def is_open_for_signup(self, request, sociallogin):
        return False
