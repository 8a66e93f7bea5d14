"""Saves the return card of a site in one language; maintained by its supervisors."""

from django.db import IntegrityError, transaction

from interventions.endings.models import WayBack
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused

CARD_EXISTS = "This site already has a card in this language. Change that one."


@transaction.atomic
def save_way_back(
    *,
    way_back: WayBack | None = None,
    site: Site,
    language: str,
    title: str,
    words: str,
    phone: str,
    hours: str,
    by: User,
) -> WayBack:
    """Add a card, or change it."""
    kept = way_back or WayBack()
    kept.site, kept.language, kept.title, kept.words = site, language, title, words
    kept.phone, kept.hours = phone, hours
    same = WayBack.objects.filter(site=site, language__iexact=language).exclude(pk=kept.pk)
    if same.exists():
        raise ActionRefused({"language": CARD_EXISTS})
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as clash:  # somebody else saved it at the same moment
        raise ActionRefused({"language": CARD_EXISTS}) from clash
    return kept
