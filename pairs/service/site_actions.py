"""Sites opened, planned and closed, and which site covers a district."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from pairs.service.actions import ensure_role_groups
from pairs.service.models import Place, Site
from pairs.service.refusals import ActionRefused
from pairs.service.roles import Role
from pairs.service.work_to_hand_over import format_held_work, list_site_work


@transaction.atomic
def add_site(*, name: str, opens_on: date | None, closes_on: date | None = None) -> Site:
    """A satellite, planned while it has no opening date, with a group for each role. Raises ActionRefused by field."""
    _validate_dates(opens_on, closes_on)
    code = slugify(name)
    if not code or Site.objects.filter(code=code).exists() or Site.objects.filter(name__iexact=name).exists():
        raise ActionRefused({"name": "Choose a name that no other site has."})
    site = Site.objects.create(code=code, name=name, opens_on=opens_on, closes_on=closes_on)
    ensure_role_groups([(site, role) for role in Role])
    return site


@transaction.atomic
def change_site(*, site: Site, name: str, opens_on: date | None, closes_on: date | None) -> Site:
    """Its name and days; closing waits until no work and no district is left. Raises ActionRefused by field."""
    _validate_dates(opens_on, closes_on)
    if Site.objects.exclude(pk=site.pk).filter(name__iexact=name).exists():
        raise ActionRefused({"name": "Another site has this name."})
    if site.is_hub and (closes_on or not opens_on):
        raise ActionRefused({"closes_on": "The hub stays open: it takes what no other site takes."})
    if closes_on and closes_on != site.closes_on:
        _validate_nothing_left(site)
    site.name, site.opens_on, site.closes_on = name, opens_on, closes_on
    site.save(update_fields=["name", "opens_on", "closes_on"])
    return site


def _validate_dates(opens_on: date | None, closes_on: date | None) -> None:
    if closes_on and not opens_on:
        raise ActionRefused({"opens_on": "Enter the day on which the site opened."})
    if opens_on and closes_on and closes_on < opens_on:
        raise ActionRefused({"closes_on": "Choose a day on or after the opening date."})


def _validate_nothing_left(site: Site) -> None:
    if served := list(site.places.values_list("name", flat=True)):
        raise ActionRefused({"closes_on": f"Let another site serve {', '.join(served)} first."})
    if work := list_site_work(site):
        raise ActionRefused(
            {"closes_on": f"{site} still has {format_held_work(work)}. Hand this over first."}
        )


@transaction.atomic
def change_covering_site(*, place: Place, covering_site: Site) -> Place:
    """From now on new referrals of the district go there; families stay where they are. Raises ActionRefused."""
    if covering_site.closes_on:
        raise ActionRefused({"covering_site": f"{covering_site} is closing. Choose another site."})
    place.covering_site = covering_site
    place.save(update_fields=["covering_site"])
    return place
