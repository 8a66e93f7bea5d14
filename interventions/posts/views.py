"""Pages of posts and who fills them, of the planned establishment, and of capacity."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.posts import record_forms
from interventions.posts.capacity import add_up_sites, load_capacity
from interventions.posts.establishment import (
    Filled,
    SiteRow,
    is_funded,
    list_establishment,
    list_site_rows,
    list_years,
)
from interventions.posts.models import READERS, PlanLine, Post, PostHolding
from interventions.posts.rules import get_weekly_capacity
from interventions.posts.staffing_model import SITE_PHASES, SITES_SOURCE
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.service.models import Site
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_amount


@policy.permission("manage_accounts", "read_reports", "supervise")
def list_posts(request: ScopedRequest) -> HttpResponse:
    """Posts that have not ended, by site: funded, filled and vacant; and the same added up for each site."""
    on = timezone.localdate()
    rows = Post.objects.unended(on).with_filled(on).select_related("site")
    posts = list_visible(request, rows.in_order())
    holders, sites = _list_holders(request, on), list_site_rows(_list_sites(request), posts, on)
    context = {
        "figures": build_tiles(sites),
        "rows": [(post, holders.get(post.pk, []), get_post_tag(post, on)) for post in posts],
        "sites": [(row, get_weekly_capacity(row.direct, settings.CONTACTS_A_WEEK_PER_WTE)) for row in sites],
        "bars": [build_bar(row) for row in sites if row.now.funded],
        "top": float(max((row.now.funded for row in sites), default=0)),
        "has_names": request.scope.may("manage_accounts", "supervise"),
        "may_keep": request.scope.may("manage_accounts"),
        "may_plan": request.scope.may(*READERS),
        "may_supervise": request.scope.may("supervise"),
    }
    return render(request, "posts/posts.html", context)


def build_tiles(sites: Iterable[SiteRow]) -> list[tuple[str, str, str]]:
    """(words, whole-time equivalents, line below) of all these sites together."""
    now = sum((row.now for row in sites), Filled())
    planned = sum(row.planned for row in sites)
    more = f"{format_amount(planned)} more planned" if planned else ""
    return [
        ("Funded", format_amount(now.funded), more),
        ("Filled", format_amount(now.filled), ""),
        ("Vacant", format_amount(now.vacant), ""),
    ]


def build_bar(row: SiteRow) -> tuple[str, list[float]]:
    """A bar of the chart: “Blackpool: 4.5 of 5.36 filled”."""
    label = f"{row.site}: {format_amount(row.now.filled)} of {format_amount(row.now.funded)} filled"
    return label, [float(row.now.filled), float(row.now.vacant)]


def _list_sites(request: ScopedRequest) -> Iterable[Site]:
    """Sites whose posts the reader sees."""
    sites = Site.objects.all()
    return sites if request.scope.may(*READERS) else sites.filter(pk__in=request.scope.sites("supervise"))


def _list_holders(request: ScopedRequest, on: date) -> dict[UUID, list[Any]]:
    """{post: who fills it that day}, as far as the reader may know it: a manager reads numbers, never names."""
    if not request.scope.may("manage_accounts", "supervise"):
        return {}
    found: dict[UUID, list[Any]] = {}
    for holding in list_visible(request, PostHolding.objects.on_day(on).select_related("person", "post")):
        found.setdefault(holding.post_id, []).append(holding)
    return found


def get_post_tag(post: Any, on: date) -> tuple[str, str]:
    """(words, colour) of a post that came by ``with_filled``."""
    if not is_funded(post, on):
        return "Planned", "grey"
    if not post.filled_wte:
        return "Vacant", "orange"
    return ("Filled", "green") if post.filled_wte >= post.wte else ("Part vacant", "orange")


@policy.permission("manage_accounts", "read_reports", "supervise")
def show_post(request: ScopedRequest, post_id: UUID) -> HttpResponse:
    """One post, and whoever fills it, filled it or will."""
    on = timezone.localdate()
    post = get_visible_or_404(request, Post.objects.with_filled(on).select_related("site"), pk=post_id)
    names = request.scope.may("manage_accounts", "supervise")
    held = PostHolding.objects.filter(post=post).select_related("person", "post").newest_first()
    context = {
        "post": post,
        "tag": get_post_tag(post, on),
        "has_names": names,
        "holdings": list_visible(request, held) if names else [],
        "may_keep": request.scope.may("manage_accounts"),
    }
    return render(request, "posts/post.html", context)


class PostsPage(FormPage):
    """Leads back to the list of posts."""

    back = PageOf("posts", text="Posts")


class OnePostPage(FormPage):
    """Leads back to the post."""

    back = PageOf("post", "record", text="Post")


@policy.permission("manage_accounts")
class AddPostPage(record_forms.AddPost, PostsPage):
    """Add a post, funded or planned."""

    title = "Add a post"
    button = "Add post"
    message = "The post is added."
    leads_to = PageOf("post", "made")


@policy.permission("manage_accounts")
class ChangePostPage(record_forms.ChangePost, OnePostPage):
    """Change a post, or record the last day of its funding."""

    title = "Change a post"
    button = "Save post"
    message = "The post is changed."

    def get_text(self) -> list[str]:
        return [str(self.record)]


@policy.permission("manage_accounts")
class FillPostPage(record_forms.FillPost, OnePostPage):
    """Record who fills a post."""

    title = "Record who fills a post"
    button = "Save"

    def get_text(self) -> list[str]:
        return [str(self.record)]

    def get_message(self) -> str:
        return f"{self.form.cleaned_data['person']} fills this post."


class FillingPage(FormPage):
    """About somebody who fills a post; it leads back to the post."""

    back = PageOf("post", "record.post_id", text="Post")

    def get_text(self) -> list[str]:
        return [f"{self.record.person}: {self.record.post}"]


@policy.permission("manage_accounts")
class ChangeFillingPage(record_forms.ChangeFilling, FillingPage):
    """Change how much of a post somebody fills, and when."""

    title = "Change who fills a post"
    message = "Saved."


@policy.permission("manage_accounts")
class RemoveFillingPage(record_forms.RemoveFilling, FillingPage):
    """Take out what was recorded wrongly."""

    title = "Remove this entry?"
    consequences = (
        "the entry is no longer shown or counted",
        "someone who leaves a post has a last day instead",
    )
    button = "Remove entry"
    danger = True
    message = "The entry is removed."


@policy.permission(*READERS)
def show_establishment(request: ScopedRequest) -> HttpResponse:
    """The planned establishment beside what is funded and filled, with the gap to the recommended model, by year."""
    on = timezone.localdate()
    lines = list(PlanLine.objects.visible_to(request.scope))
    posts = list_visible(request, Post.objects.unended(on).with_filled(on))
    rows = list_establishment((post for post in posts if is_funded(post, on)), lines)
    sums = {name: sum(getattr(row, name) for row in rows) for name in TOTALLED}
    years = list_years(posts, on, max((line.year for line in lines), default=on.year))
    context = {
        "figures": build_plan_tiles(sums),
        "rows": rows,
        "total": sum((row.now for row in rows), Filled()),
        "sums": sums,
        "sources": list(dict.fromkeys(line.source for line in lines)),
        "bars": [(year.name, float(year.funded), format_amount(year.funded)) for year in years],
        "top": float(max([sums["planned"], *(year.funded for year in years)])),
        "last_year": max((line.year for line in lines), default=None),
        "undated": sum(post.wte for post in posts if post.funded_from is None),
        "sites": [
            (row, describe_site(row.site, on), SITE_PHASES.get(row.site.code, ""))
            for row in list_site_rows(Site.objects.all(), posts, on)
        ],
        "sites_source": SITES_SOURCE,
        "may_keep": request.scope.may("manage_accounts"),
    }
    return render(request, "posts/establishment.html", context)


TOTALLED = ("funded", "at_start", "additional", "planned", "recommended", "gap")  # of EstablishmentRow


def build_plan_tiles(sums: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(words, whole-time equivalents, line below) of the whole plan. ``sums``: of what is TOTALLED."""
    gap = f"{format_amount(abs(sums['gap']))} {'fewer' if sums['gap'] < 0 else 'more'} than planned"
    return [
        ("Funded now", format_amount(sums["funded"]), ""),
        ("Planned", format_amount(sums["planned"]), f"{format_amount(sums['at_start'])} at the start"),
        ("Recommended", format_amount(sums["recommended"]), gap if sums["gap"] else ""),
    ]


def describe_site(site: Site, on: date) -> str:
    """“Hub”, “Satellite, open”, “Satellite, planned” or “Closed”."""
    if site.is_hub:
        return "Hub"
    if site.closes_on and site.closes_on < on:
        return "Closed"
    return f"Satellite, {'open' if site.is_open_on(on) else 'planned'}"


@policy.permission("manage_accounts")
class ChangePlanLinePage(record_forms.ChangePlanLine, FormPage):
    """Change the planned and recommended figures of a role group."""

    button = "Save figures"
    message = "The plan is changed."
    back = PageOf("establishment", text="Planned establishment")

    def get_title(self) -> str:
        return str(self.record)


@policy.permission("supervise")
def show_capacity(request: ScopedRequest) -> HttpResponse:
    """Whole-time equivalents, families and contacts of each site that one supervises, and of each person there."""
    people = load_capacity(request.scope.sites("supervise"), timezone.localdate())
    context = {
        "people": people,
        "sites": add_up_sites(people),
        "capacity_set": settings.CONTACTS_A_WEEK_PER_WTE is not None,
        "weights_set": bool(settings.CASELOAD_WEIGHTS),
    }
    return render(request, "posts/capacity.html", context)
