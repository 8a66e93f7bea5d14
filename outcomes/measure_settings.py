"""The service's settings for measures: the core set, and which measures go with which interventions."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from interventions.episodes.models import Intervention
from outcomes.core_set import CoreSet, find_band_error
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue
from outcomes.models import ChosenMeasure
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def save_measure_settings(
    *,
    measure: str,
    core_for: Sequence[str],
    interventions: Iterable[Intervention],
    thrive: Sequence[str],
    by: User,
) -> ChosenMeasure:
    """What holds for this measure from now on. ``core_for``: age bands that its own window allows.

    Only a measure of the relationship of which enough is verified may be of the core.
    """
    sheet = get_catalogue().get(measure)
    if sheet is None or not sheet.offered:
        raise ActionRefused("This measure cannot be recorded.")
    if core_for and (why := explain_why_never_core(sheet) or find_band_error(sheet, core_for)):
        raise ActionRefused({"core_for": why})
    kept, _ = ChosenMeasure.objects.update_or_create(
        measure=measure, defaults={"core_for": list(core_for), "thrive": list(thrive)}
    )
    kept.interventions.set(interventions)
    return kept


def explain_why_never_core(measure: Measure) -> str:
    """'' when the service may choose it for its core; else which of the two facts is against it."""
    if not measure.is_about_relationship:
        return "It is not about the relationship, so it is never in the core set."
    if not measure.may_be_core:
        return "It is about the relationship, but too little about it is verified for the core set."
    return ""


def load_core_set() -> CoreSet:
    """{measure: age bands} of the service's core."""
    return dict(ChosenMeasure.objects.core().values_list("measure", "core_for"))
