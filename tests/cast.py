"""The standing cast: the same few people in every test as in the demo, so that each tells the same story."""

from reporting.demo.cast import CAST, PASSWORD, make_cast

__all__ = ["CAST", "PASSWORD", "make_cast"]
