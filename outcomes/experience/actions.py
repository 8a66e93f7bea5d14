"""Asking a carer by a one-time link; an answer by that link, once; an answer from paper."""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interventions.episodes.models import Episode
from outcomes.experience.models import ExperienceAnswer, ExperienceInvitation, ExperienceLink
from outcomes.experience.rules import (
    AnswerWay,
    find_asking_errors,
    find_episode_error,
    get_month_start,
    has_any_answer,
    list_open_months,
)
from pairs.access.models import digest_token
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused

TOKEN_SALT, TOKEN_MAX_AGE_SECONDS = "experience.token", 60 * 60


def sign_new_token() -> str:
    """A signed new token for the form, so that a double click makes one link."""
    return signing.TimestampSigner(salt=TOKEN_SALT).sign(secrets.token_urlsafe(32))


def read_signed_token(sealed: str) -> str:
    """The token, if we made it within the hour; '' otherwise."""
    try:
        return signing.TimestampSigner(salt=TOKEN_SALT).unsign(sealed, max_age=TOKEN_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return ""


@transaction.atomic
def ask_for_experience(
    *, episode: Episode, caregiver: Caregiver, token: str, thought_about: bool, lost: bool, by: User
) -> ExperienceInvitation:
    """Note that this carer is asked, and make the link of ``token``; nothing in the two rows joins them.

    ``lost``: a baby of the family has died. Refused by field.
    """
    today = timezone.localdate()
    _validate_episode(episode, today)
    Caregiver.objects.select_for_update().get(pk=caregiver.pk)  # of two who ask at once, the second waits
    validate_living("caregiver", [caregiver])
    before = ExperienceInvitation.objects.live().of_carer(caregiver).first()
    if before and before.episode_id == episode.pk and ExperienceLink.objects.with_token(token).exists():
        return before  # the second of two clicks
    last_day = before.last_day if before else None
    if problems := find_asking_errors(last_day=last_day, lost=lost, thought_about=thought_about, on=today):
        raise ActionRefused(problems)
    until = today + timedelta(days=settings.EXPERIENCE_LINK_DAYS)
    ExperienceLink.objects.over(today).delete()
    ExperienceLink.objects.create(token_hash=digest_token(token), site_id=episode.site_id, last_day=until)
    return ExperienceInvitation.objects.create(
        episode=episode, caregiver=caregiver, asked_by=by, asked_on=today, last_day=until
    )


def _validate_episode(episode: Episode, on: date) -> None:
    if problem := _find_episode_error(episode, on):
        raise ActionRefused(problem)


def may_be_asked(episode: Episode) -> bool:
    """Is it open, or ended a short while ago?"""
    return not _find_episode_error(episode, timezone.localdate())


def _find_episode_error(episode: Episode, on: date) -> str:
    within = timedelta(days=settings.EXPERIENCE_ENDED_DAYS)
    return find_episode_error(ended_on=episode.ended_on, on=on, within=within)


def is_link_usable(token: str) -> bool:
    """Can something be answered with it now?"""
    return ExperienceLink.objects.working(token, timezone.localdate()).exists()


@transaction.atomic
def record_experience_answer(*, token: str, words: str, **answers: int | None) -> None:
    """Keep the answer and use up the link, both or neither. Refused when there is no such link any more.

    The link's row is deleted, not marked. Of two answers at once the second waits for the first one's DELETE and
    then finds nothing. Nothing is returned: there is nothing to say of the answer but that it has come.
    """
    today = timezone.localdate()
    link = ExperienceLink.objects.working(token, today).select_for_update().first()
    if link is None:
        raise ActionRefused(_("This link no longer works"))
    site = link.site_id
    link.delete()
    _create_experience_answer(
        site_id=site, month=get_month_start(today), way=AnswerWay.LINK, words=words, answers=answers
    )


@dataclass(frozen=True)
class AnswerReceipt:
    """Confirms that an answer was saved. Its id is random, so a submission cannot identify the answer."""

    pk: UUID = field(default_factory=uuid4)


@transaction.atomic
def record_paper_answer(*, site: Site, month: date, words: str, **answers: int | None) -> AnswerReceipt:
    """An answer that came on paper, of a site and a month that is not shown yet. Refused by field."""
    if month not in list_open_months(timezone.localdate()):
        raise ActionRefused({"month": "This month’s answers are already published. Choose a later month."})
    _create_experience_answer(site_id=site.pk, month=month, way=AnswerWay.PAPER, words=words, answers=answers)
    return AnswerReceipt()


def _create_experience_answer(*, words: str, answers: dict[str, int | None], **where: Any) -> None:
    if not has_any_answer(answers=answers.values(), words=words):
        raise ActionRefused(_("Answer one of the questions, or write a few words"))
    ExperienceAnswer.objects.create(words=words.strip(), **where, **answers)
