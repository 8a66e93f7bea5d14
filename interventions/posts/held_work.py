"""What of this app a colleague and a site hold (pairs/service/hooks.py): posts that are filled, and funded."""

from django.utils import timezone

from interventions.posts.models import Post, PostHolding
from pairs.database.change_ledger import change_and_record
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HandOverStep, HeldWork, mark_held
from pairs.web.formats import format_day


def list_held_work(user: User) -> list[HeldWork]:
    """Posts that this person fills without a last day. A successor is appointed: no colleague takes a post over."""
    rows = PostHolding.objects.live().filter(person=user, ends_on=None).select_related("post")
    held = mark_held(rows, site="post__site_id", family=NO_FAMILY)
    return [HeldWork(held, "post they fill", "posts they fill", "posts", "manage_accounts", POST)]


def list_site_work(site: Site) -> list[HeldWork]:
    """Posts that are funded there without an end, or still to begin."""
    posts = Post.objects.live().filter(site=site).unended(timezone.localdate())
    return [HeldWork(posts.filter(funded_until=None), "post", "posts", "posts", "manage_accounts")]


def _end_filling(row: PostHolding, to: User | None, step: HandOverStep) -> None:
    """It is vacant from tomorrow on; from the day it was to begin, where that is still to come."""
    change_and_record(row, step.ledger, ends_on=max(step.on, row.starts_on))


POST = HandOverRule(
    code="post",
    pass_on=_end_filling,
    describe=lambda row: f"{row.post.title}, since {format_day(row.starts_on)}",
    needs=(),
    may_end=lambda row: True,
)
