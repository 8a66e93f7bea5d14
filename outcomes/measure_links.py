"""One-time links by which a carer answers a measure on their own phone."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode
from outcomes.actions.assessments import AssessmentInput, record_assessment
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, MeasureLink
from outcomes.rules import CompletionWay, Timepoint
from pairs.access.one_time_links import make_link_token
from pairs.access.records import live_q
from pairs.families.ages import get_birth
from pairs.families.last_day import has_died
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def make_measure_link(
    *, episode: Episode, dyad: Dyad, measure: str, timepoint: str, by: User
) -> tuple[MeasureLink, str]:
    """(link, token). The token is shown once and not stored; an earlier link is revoked."""
    sheet = _get_link_measure(measure)
    if timepoint not in Timepoint.values:
        raise ActionRefused({"timepoint": "Choose start, review or end."})
    if dyad.family_id != episode.family_id or has_died(dyad):
        raise ActionRefused({"dyad": "Choose a baby and carer of this family."})
    start = sheet.window.get_age_start(get_birth(dyad.infant), timezone.localdate())
    if why := sheet.why_not(born=start, on=timezone.localdate()):
        raise ActionRefused(why)
    Episode.objects.select_for_update().get(pk=episode.pk)
    before = MeasureLink.objects.usable().filter(episode=episode, dyad=dyad, measure=measure)
    before.update(called_back_at=timezone.now())
    token, digest = make_link_token()
    link = MeasureLink.objects.create(
        episode=episode,
        dyad=dyad,
        measure=measure,
        timepoint=timepoint,
        token_hash=digest,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=settings.MEASURE_LINK_DAYS),
    )
    return link, token


def _get_link_measure(measure: str) -> Measure:
    sheet = get_catalogue().get(measure)
    if sheet is None or not sheet.allows_link:
        raise ActionRefused("This measure is completed together, not by link.")
    return sheet


def get_usable_link(token: str) -> MeasureLink | None:
    """The link that still works with this token; None for any other, whatever the reason."""
    usable = MeasureLink.objects.usable().with_token(token)
    usable = usable.filter(
        live_q("dyad__"),
        live_q("episode__"),
        dyad__infant__lost_on=None,
        dyad__caregiver__died_on=None,
        episode__ended_on=None,
    )
    return usable.select_related("episode__site", "episode__family", "dyad__infant", "made_by").first()


@transaction.atomic
def record_link_answers(*, link: MeasureLink, responses: Mapping[int, float | None]) -> Assessment:
    """What the parent answered, once. Recorded as by whoever made the link. Refused when it works no more."""
    locked = MeasureLink.objects.usable().select_for_update().filter(pk=link.pk).first()
    if locked is None:
        raise ActionRefused("This link no longer works.")
    made = record_assessment(
        episode=link.episode,
        dyad=link.dyad,
        measure=link.measure,
        timepoint=link.timepoint,
        completed_on=timezone.localdate(),
        filled=AssessmentInput(responses=responses, way=CompletionWay.LINK, confirmed=True),
        by=link.made_by,
    )
    locked.change(used_at=timezone.now(), assessment=made)
    return made


@transaction.atomic
def revoke_measure_link(*, link: MeasureLink) -> bool:
    """Revoke the link; returns whether it was still usable."""
    return bool(MeasureLink.objects.usable().filter(pk=link.pk).update(called_back_at=timezone.now()))


@transaction.atomic
def mark_answers_read(*, link: MeasureLink, by: User) -> bool:
    """Somebody has read what the parent answered. False when somebody had before."""
    return bool(MeasureLink.objects.to_read().filter(pk=link.pk).update(read_at=timezone.now(), read_by=by))
