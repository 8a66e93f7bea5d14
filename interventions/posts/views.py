"""Pages of posts and who fills them, of the planned establishment, and of capacity."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.posts import record_forms
from interventions.posts.capacity import add_up_sites, load_capacity
from interventions.posts.establishment import (
    Filled,
    add_up,
    is_funded,
    list_establishment,
    list_site_rows,
    list_years,
)
from interventions.posts.models import READERS, PlanLine, Post, PostHolding
from interventions.posts.staffing_model import SITE_PHASES, SITES_SOURCE
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.service.models import Site
from pairs.submissions.form_page import FormPage, PageOf


@policy.permission("manage_accounts", "read_reports", "supervise")
def list_posts(request: ScopedRequest) -> HttpResponse:
    """Posts that have not ended, by site: funded, filled and vacant; and the same added up for each site."""
    on = timezone.localdate()
    posts = list_visible(request, Post.objects.unended(on).with_filled(on).select_related("site"))
    holders = _list_holders(request, on)
    context = {
        "total": add_up(post for post in posts if is_funded(post, on)),
        "planned": sum(post.wte for post in posts if not is_funded(post, on)),
        "rows": [(post, holders.get(post.pk, []), get_post_tag(post, on)) for post in posts],
        "sites": list_site_rows(_list_sites(request), posts, on),
        "may_keep": request.scope.may("manage_accounts"),
        "may_plan": request.scope.may(*READERS),
        "may_supervise": request.scope.may("supervise"),
    }
    return render(request, "posts/posts.html", context)


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
    consequences = ("the entry is no longer shown or counted", "someone who leaves a post has a last day instead")
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
    planned = sum(row.planned for row in rows)
    years = list_years(posts, on, max((line.year for line in lines), default=on.year))
    context = {
        "rows": rows,
        "total": sum((row.now for row in rows), Filled()),
        "sums": {name: sum(getattr(row, name) for row in rows) for name in TOTALLED},
        "sources": list(dict.fromkeys(line.source for line in lines)),
        "years": years,
        "top": max([planned, *(year.funded for year in years)]),
        "last_year": max((line.year for line in lines), default=None),
        "undated": sum(post.wte for post in posts if post.funded_from is None),
        "sites": [
            (row, SITE_PHASES.get(row.site.code, ""))
            for row in list_site_rows(Site.objects.all(), posts, on)
        ],
        "sites_source": SITES_SOURCE,
        "may_keep": request.scope.may("manage_accounts"),
    }
    return render(request, "posts/establishment.html", context)


TOTALLED = ("at_start", "additional", "planned", "recommended", "gap")  # of EstablishmentRow


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
    return render(request, "posts/capacity.html", {"people": people, "sites": add_up_sites(people)})
