"""Competences and what interventions ask for, for the tests of this folder."""

from django.utils import timezone

from interventions.competencies.actions import record_competence, set_requirement
from interventions.episodes.models import Intervention, InterventionUse
from pairs.service.models import Site

VIG = "video-interaction-guidance"


def get_way(code=VIG):
    return Intervention.objects.get(code=code)


def require(cast, needs="competence", code=VIG):
    return set_requirement(intervention=get_way(code), needs=needs, by=cast["supervisor"])


def make_competence(cast, who="blackburn", *, level=2, code=VIG, site="blackburn-with-darwen", **changed):
    usual = {"training": "VIG training", "trained_on": None, "accredited_by": "", "accredited_until": None}
    return record_competence(
        person=cast[who], site=Site.objects.get(code=site), intervention=get_way(code) if code else None,
        level=level, by=cast["supervisor"], **usual | changed,
    )  # fmt: skip


def make_use(episode, code=VIG):
    """An intervention that the episode uses since today, or has used from its beginning."""
    begun = {"started_on": timezone.localdate()}
    return InterventionUse.objects.get_or_create(episode=episode, intervention=get_way(code), defaults=begun)[
        0
    ]
