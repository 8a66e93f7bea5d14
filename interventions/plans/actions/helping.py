"""Is this helping? Answered; and what does not help is changed or ended in the same act."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import InterventionUse
from interventions.plans.actions.working import check_day, end_way, open_one
from interventions.plans.models import HelpingAnswer
from interventions.plans.rules import why_not_helping
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def answer_helping(
    *,
    use: InterventionUse,
    asked_on: date,
    family_says: str,
    family_words: str,
    we_say: str,
    what_next: str,
    what_changes: str,
    ask_again_on: date | None,
    by: User,
) -> HelpingAnswer:
    """What the family and what we say, and what follows; choosing to end it ends the way of working that day."""
    episode = open_one(use.episode)
    use = InterventionUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if use.ended_on:
        raise Refused("This has ended already.")
    check_day(episode, "asked_on", asked_on)
    if asked_on < use.started_on:
        raise Refused({"asked_on": "This is before it began."})
    problems = why_not_helping(
        family_says=family_says, we_say=we_say, what_next=what_next, what_changes=what_changes,
        ask_again_on=ask_again_on, on=max(asked_on, timezone.localdate()),
    )  # fmt: skip
    if problems:
        raise Refused(problems)
    answer = HelpingAnswer.objects.create(
        use=use, asked_on=asked_on, family_says=family_says, family_words=family_words, we_say=we_say,
        what_next=what_next, what_changes=what_changes, ask_again_on=ask_again_on, by=by,
    )  # fmt: skip
    if what_next == "end":
        end_way(use=use, ended_on=asked_on, why=_why(family_says), by=by)
    return answer


def _why(family_says: str) -> str:
    return "The family ended it" if family_says == "ended" else "It was not helping now, or no longer needed"
