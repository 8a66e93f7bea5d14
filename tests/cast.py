"""The standing cast: the same few people in every test as in the demo, so that each tells the same story."""

# Every database of the tests has its sites and roles: to lay them again for each test took longer than the cast.
from reporting.demo.cast import CAST, PASSWORD
from reporting.demo.cast import add_cast as make_cast

__all__ = ["CAST", "PASSWORD", "make_cast"]
