"""Passwords are hashed as the product does it, but in no time: what a hash costs is Argon2's matter.

The processes of the running service keep the settings as they are, so that the journeys sign in with real hashes.
"""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hashers

NAME = f"{__name__}.CheapHasher"


class CheapHasher(Argon2PasswordHasher):
    """The least that Argon2 allows."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def use_cheap_passwords():
    """For the rest of this process."""
    real = "django.contrib.auth.hashers.Argon2PasswordHasher"
    settings.PASSWORD_HASHERS = [NAME if each == real else each for each in settings.PASSWORD_HASHERS]
    get_hashers.cache_clear()
