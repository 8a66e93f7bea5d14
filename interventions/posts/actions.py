"""Posts added and changed; who fills them; the lines of the planned establishment."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from interventions.posts.models import PlanLine, Post, PostHolding
from interventions.posts.rules import Filling, Stretch, find_filling_errors, find_post_errors
from pairs.service.models import Site, User
from pairs.service.refusals import refuse_all


@transaction.atomic
def add_post(*, site: Site, by: User, **facts: Any) -> Post:
    """A post at a site; ``facts``: the other fields of a Post. Raises ActionRefused by field."""
    facts = _tidy_course(facts)
    refuse_all(_find_errors(facts))
    return Post.objects.create(site=site, **facts)


@transaction.atomic
def change_post(*, post: Post, by: User, **facts: Any) -> Post:
    """Other facts of it, with which those who fill it still fit. Raises ActionRefused by field."""
    post = _lock_post(post)
    facts = _tidy_course(facts)
    refuse_all(_find_errors(facts, list_stretches(PostHolding.objects.live().filter(post=post))))
    return post.change(**facts)


def _tidy_course(facts: dict[str, Any]) -> dict[str, Any]:
    """A course is kept only of a recruit-to-train post."""
    return facts if facts["is_recruit_to_train"] else facts | {"course": ""}


def _find_errors(facts: dict[str, Any], filled: list[Stretch] | None = None) -> dict[str, str]:
    asked = ("wte", "funded_from", "funded_until", "is_recruit_to_train", "course")
    return find_post_errors(**{name: facts[name] for name in asked}, filled=filled or [])


@transaction.atomic
def fill_post(
    *, post: Post, person: User, wte: Decimal, starts_on: date, ends_on: date | None,
    qualifies_on: date | None, by: User,
) -> PostHolding:  # fmt: skip
    """Somebody fills the post, or a part of it, from that day on. Raises ActionRefused with every error at once."""
    post = _lock_post(post)
    holding = PostHolding(
        post=post, person=person, wte=wte, starts_on=starts_on, ends_on=ends_on, qualifies_on=qualifies_on
    )
    _validate(holding)
    holding.save(force_insert=True)
    return holding


@transaction.atomic
def change_filling(
    *, holding: PostHolding, wte: Decimal, starts_on: date, ends_on: date | None, qualifies_on: date | None,
    by: User,
) -> PostHolding:  # fmt: skip
    """Other days or another share of the post. Raises ActionRefused with every error at once."""
    holding.post = _lock_post(holding.post)
    values = {"wte": wte, "starts_on": starts_on, "ends_on": ends_on, "qualifies_on": qualifies_on}
    for name, value in values.items():
        setattr(holding, name, value)
    _validate(holding)
    return holding.change(**values)


def remove_filling(*, holding: PostHolding, reason: str, by: User) -> PostHolding:
    """They never filled it: entered in error. Whoever leaves a post has a last day instead."""
    return holding.enter_in_error(reason=reason, by=by)


def list_stretches(holdings: QuerySet[Any]) -> list[Stretch]:
    """The days and whole-time equivalents of these holdings."""
    return [Stretch(*row) for row in holdings.values_list("starts_on", "ends_on", "wte")]


def _lock_post(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


def _validate(holding: PostHolding) -> None:
    """The person is locked too: somebody might be given another post at the same moment."""
    User.objects.select_for_update(of=("self",)).get(pk=holding.person_id)
    post, others = holding.post, PostHolding.objects.live().exclude(pk=holding.pk)
    here, own = others.filter(post=post), others.filter(person=holding.person_id)
    errors = find_filling_errors(
        Filling(
            stretch=Stretch(holding.starts_on, holding.ends_on, holding.wte),
            post_wte=post.wte,
            funded_from=post.funded_from,
            funded_until=post.funded_until,
            others=list_stretches(here),
            own_here=list_stretches(here.filter(person=holding.person_id)),
            own=list_stretches(own.exclude(post=post)),
            is_recruit_to_train=post.is_recruit_to_train,
            qualifies_on=holding.qualifies_on,
        )
    )
    refuse_all(errors)


@transaction.atomic
def change_plan_line(*, line: PlanLine, by: User, **values: Any) -> PlanLine:
    """Other figures of the plan, or another source."""
    for name, value in values.items():
        setattr(line, name, value)
    line.save(update_fields=list(values))
    return line
