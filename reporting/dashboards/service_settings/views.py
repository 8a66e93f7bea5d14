"""What an administrator keeps of the service: its sites and districts, and where to find every list."""

from collections import Counter, defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Room
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.service.models import Place, Site
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_day
from reporting.dashboards.service_settings import record_forms
from reporting.dashboards.service_settings.code_lists import build_code_lists

# (title, url name, what it is for)
SETTINGS_LINKS = (
    ("Accounts", "accounts", "Who can sign in, and what they may do at which site."),
    ("Sites and districts", "sites", "Hub and satellites, opening dates, and who serves which district."),
    ("Posts", "posts", "Posts funded, filled and vacant, and who fills them."),
    ("Planned establishment", "establishment", "The staffing model, and the gap to the recommended one."),
    ("Rooms", "rooms", "Rooms that can be booked for visits."),
    ("Signposting directory", "destinations", "Services and groups to signpost families to."),
    ("Code lists", "code-lists", "National codes with their source, and the lists your service keeps."),
    ("Official files", "official-files", "Deprivation and postcodes: what is loaded, and new releases."),
    ("Setting up", "setup", "What a new service needs before its first referral, and what is done."),
)


@policy.permission("manage_accounts")
def show_settings(request: ScopedRequest) -> HttpResponse:
    """Everything an administrator keeps."""
    ways = [{"title": title, "href": reverse(name), "text": text} for title, name, text in SETTINGS_LINKS]
    return render(request, "service_settings/settings.html", {"ways": ways})


@policy.permission("manage_accounts")
def list_sites(request: ScopedRequest) -> HttpResponse:
    """Every site with its days and districts, and every district with its site."""
    today = timezone.localdate()
    places = list_visible(request, Place.objects.select_related("covering_site"))
    rooms = Counter(room.site_id for room in list_visible(request, Room.objects.in_use()))
    served = defaultdict(list)
    for place in places:
        served[place.covering_site_id].append(place.name)
    sites = [
        {
            "site": site,
            "kind": describe_kind(site, today),
            "opens": format_day(site.opens_on) if site.opens_on else "Not set",
            "closes": format_day(site.closes_on) if site.closes_on else "",
            "districts": ", ".join(served[site.pk]) or "None of its own",
            "rooms": rooms[site.pk],
        }
        for site in list_visible(request, Site.objects.all())
    ]
    return render(request, "service_settings/sites.html", {"sites": sites, "places": places})


def describe_kind(site: Site, on: Any) -> str:
    """Hub, satellite, planned or closed, as of that day."""
    if site.is_hub:
        return "Hub"
    if site.closes_on and site.closes_on < on:
        return "Closed"
    return "Satellite" if site.is_open_on(on) else "Planned satellite"


class SitesPage(FormPage):
    """A form about a site or district, which leads back to the list."""

    back = PageOf("sites", text="Sites and districts")


@policy.permission("manage_accounts")
class NewSitePage(record_forms.AddSite, SitesPage):
    """Add a satellite, open or planned."""

    title = "Add a site"
    button = "Add the site"
    message = "The site is added. Choose which districts it serves."


@policy.permission("manage_accounts")
class SitePage(record_forms.ChangeSite, SitesPage):
    """Change a site's name and days."""

    message = "The site is changed."

    def get_title(self) -> str:
        return str(self.record)


@policy.permission("manage_accounts")
class PlacePage(record_forms.ChangePlace, SitesPage):
    """Choose which site serves a district."""

    message = "The district is changed."

    def get_title(self) -> str:
        return str(self.record)


@policy.permission("manage_accounts")
def show_code_lists(request: ScopedRequest) -> HttpResponse:
    """Every code list: its entries, where it is from, and where one changes it."""
    return render(request, "service_settings/code_lists.html", {"lists": build_code_lists(request.scope)})
