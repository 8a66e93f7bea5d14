"""The standing cast: the same few people in every test as in the demo, so that each tells the same story."""

from pairs.demo.cast import CAST, PASSWORD

# Every database of the tests has its sites and roles: to lay them again for each test took longer than the cast.
from pairs.demo.cast import add_cast as make_cast

__all__ = ["CAST", "GIVEN_REASON", "PASSWORD", "find_cast", "make_cast"]

# Headers with which governance opens clinical pages (pairs/access/opening_reasons.py); nobody else needs them.
GIVEN_REASON = {"Access-Reason": "Subject access request 2026/14"}


def find_cast():
    """{username: User} of the cast that the test's database was made with (databases.make_template_with_cast)."""
    from pairs.service.models import User

    users = {user.username: user for user in User.objects.filter(username__in=CAST).select_related("team")}
    return {username: users[username] for username in CAST}
