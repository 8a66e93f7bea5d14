"""What a service needs before its first referral, and what of it is done: for the page and for `setup_service`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pairs.geography.models import Area, Population, Postcode
from pairs.service.models import Place, Site, User
from pairs.web.formats import format_plural
from referrals.models import Destination, FirstReader, Referral


@dataclass(frozen=True)
class Step:
    """One thing to do. ``text``: what is so, or what to do. ``address``: where; "" on the server.

    ``is_optional``: a service can take its first referral without it.
    """

    name: str
    is_done: bool
    text: str
    address: str = ""
    is_optional: bool = False

    @property
    def href(self) -> str:
        return reverse(self.address) if self.address else ""

    @property
    def state(self) -> str:
        return "Done" if self.is_done else ("Optional" if self.is_optional else "To do")


def list_steps() -> list[Step]:
    """In the order in which they are best done."""
    return [*_list_service_steps(), *_list_people_steps(), *_list_content_steps()]


def list_missing(steps: list[Step]) -> list[str]:
    """What a new service cannot do without and has not yet, by name."""
    return [step.name for step in steps if not (step.is_done or step.is_optional)]


def list_missing_of_new_service() -> list[str]:
    """The same until the first referral: a service that has taken one needs no reminder on a home page."""
    return [] if Referral.objects.exists() else list_missing(list_steps())


def _list_service_steps() -> Iterator[Step]:
    yield Step(
        "Service name",
        bool(settings.SERVICE_NAME),
        f"{settings.SERVICE_NAME}. SERVICE_NAME on the server changes it.",
    )
    today = timezone.localdate()
    hub = Site.objects.filter(is_hub=True).first()
    open_sites = list(Site.objects.open_on(today).values_list("name", flat=True))
    is_open = hub is not None and hub.is_open_on(today)
    yield Step(
        "Sites",
        is_open,
        f"Open: {', '.join(open_sites)}." if is_open else "The hub is not open: give it an opening date.",
        "sites",
    )
    count = Place.objects.count()
    yield Step(
        "Districts", count > 0, f"{count} districts, each served by a site." if count else "None.", "sites"
    )


def _list_people_steps() -> Iterator[Step]:
    needed = (
        ("Administrator", "manage_accounts", "Creates accounts and keeps these settings."),
        ("Information governance lead", "govern_records", "Reads who looked at which record."),
        ("Practitioner", "write_records", "Works with families."),
    )
    for name, permission, why in needed:
        people = [str(each) for each in User.objects.with_permission(permission)[:3]]
        yield Step(name, bool(people), ", ".join(people) if people else f"No one yet. {why}", "accounts")
    yield _build_triage_step()


def _build_triage_step() -> Step:
    """At every open site: nobody elsewhere sees its referrals, and those without a district reach the hub."""
    triage = User.objects.with_permission
    sites = Site.objects.open_on(timezone.localdate())
    unread = [str(site) for site in sites if not triage("triage_referrals", at=[site]).exists()]
    people = ", ".join(str(each) for each in triage("triage_referrals")[:3])
    why = f"No one yet at {', '.join(unread)}: no one would see a referral there."
    return Step("Duty or supervisor", not unread, why if unread else people, "accounts")


def _list_content_steps() -> Iterator[Step]:
    readers = FirstReader.objects.count()
    yield Step(
        "First readers",
        readers > 0,
        f"Named at {readers} of the sites."
        if readers
        else "A supervisor names a reader and a deputy, once two people triage; until then everyone who does is told.",
        "first-readers",
        is_optional=True,
    )
    offered = Destination.objects.offered().count()
    yield Step(
        "Signposting directory",
        offered > 0,
        f"{format_plural(offered, 'entry', 'entries')}."
        if offered
        else "Add at least one: a referral that is not accepted must signpost to support.",
        "destinations",
    )
    yield Step(
        "Deprivation", Area.objects.exists(), "English Indices of Deprivation, File 7.", "official-files"
    )
    yield Step("Postcodes", Postcode.objects.exists(), "ONS postcode directory.", "official-files")
    yield Step(
        "Populations",
        Population.objects.exists(),
        "ONS population by LSOA and single year of age. Without it reports show shares and no rates.",
        "official-files",
        is_optional=True,
    )
