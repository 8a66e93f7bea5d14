"""Posts and who fills them, for the tests of this folder."""

from datetime import date
from decimal import Decimal

from interventions.posts.actions import add_post, fill_post
from pairs.service.models import Site

FIRST = date(2026, 4, 1)


def make_post(cast, site="blackburn-with-darwen", **changed):
    usual = {
        "title": "Parent-infant therapist",
        "group": "therapist",
        "band": "7",
        "wte": Decimal("1.00"),
        "funded_from": FIRST,
        "funded_until": None,
        "no_direct_work": False,
        "is_recruit_to_train": False,
        "course": "",
    }
    return add_post(site=Site.objects.get(code=site), by=cast["administrator"], **usual | changed)


def make_holding(cast, post, who="blackburn", wte="1.00", starts_on=FIRST, **changed):
    usual = {"ends_on": None, "qualifies_on": None}
    return fill_post(
        post=post, person=cast[who], wte=Decimal(wte), starts_on=starts_on, by=cast["administrator"],
        **usual | changed,
    )  # fmt: skip
