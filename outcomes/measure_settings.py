"""The service's settings for measures: the core set, and which measures go with which interventions."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from interventions.episodes.models import Intervention
from outcomes.measures import get_catalogue
from outcomes.models import ChosenMeasure
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def save_measure_settings(
    *, measure: str, core: bool, interventions: Iterable[Intervention], thrive: Sequence[str], by: User
) -> ChosenMeasure:
    """What holds for this measure from now on. Only a relationship measure may be of the core."""
    sheet = get_catalogue().get(measure)
    if sheet is None or not sheet.offered:
        raise ActionRefused("This measure cannot be recorded.")
    if core and not sheet.may_be_core:
        raise ActionRefused({"core": "Only measures of the relationship may be in the core set."})
    kept, _ = ChosenMeasure.objects.update_or_create(
        measure=measure, defaults={"core": core, "thrive": list(thrive)}
    )
    kept.interventions.set(interventions)
    return kept
