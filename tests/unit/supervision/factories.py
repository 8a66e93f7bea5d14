"""Agreements and sessions of supervision for the tests of this folder."""

from datetime import timedelta

from django.utils import timezone

from interventions.supervision.actions import agree_supervision, record_supervision


def get_site(user):
    """Where the practitioner works."""
    return user.groups.get().roleatsite.site


def make_agreement(cast, who="blackburn", *, days_ago=60, **changed):
    usual = {
        "site": get_site(cast[who]),
        "supervisor": cast["supervisor"],
        "supervisee": cast[who],
        "kind": "clinical",
        "starts_on": timezone.localdate() - timedelta(days=days_ago),
        "by": cast["supervisor"],
    }
    return agree_supervision(**usual | changed)


def make_session(cast, who="blackburn", *, days_ago=0, decisions=(), **changed):
    usual = {
        "site": get_site(cast[who]),
        "supervisee": cast[who],
        "kind": "clinical",
        "held_on": timezone.localdate() - timedelta(days=days_ago),
        "minutes": 60,
        "note": "",
        "by": cast["supervisor"],
    }
    return record_supervision(decisions=decisions, **usual | changed)
