"""A client whose person has just shown again that it is them, for pages that ask for that."""

from django.contrib.auth import SESSION_KEY


def confirm_sign_in(session, at):
    """Note in the session of whoever is signed in that the password was given again. ``at``: Unix time."""
    session["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
    session["account_authentication_methods_user"] = session[SESSION_KEY]
