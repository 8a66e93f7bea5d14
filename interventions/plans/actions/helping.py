"""Records the answers to "is this helping?"; an intervention that does not help is changed or ended."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import InterventionUse
from interventions.plans.actions.team import end_intervention, lock_open_episode, validate_day
from interventions.plans.models import HelpingAnswer
from interventions.plans.rules import FamilyAnswer, NextStep, find_helping_errors
from pairs.families.last_day import validate_living
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


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
    """Record the family's and our answer and the next step; "end" ends the intervention on that day."""
    episode = lock_open_episode(use.episode)
    use = InterventionUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if use.ended_on:
        raise ActionRefused("This has already ended.")
    validate_day(episode, "asked_on", asked_on)
    validate_living("asked_on", [episode.referral.patient], asked_on)
    if asked_on < use.started_on:
        raise ActionRefused({"asked_on": "This is before it began."})
    problems = find_helping_errors(
        family_says=family_says, we_say=we_say, what_next=what_next, what_changes=what_changes,
        ask_again_on=ask_again_on, on=max(asked_on, timezone.localdate()),
    )  # fmt: skip
    if problems:
        raise ActionRefused(problems)
    answer = HelpingAnswer.objects.create(
        use=use, asked_on=asked_on, family_says=family_says, family_words=family_words, we_say=we_say,
        what_next=what_next, what_changes=what_changes, ask_again_on=ask_again_on, by=by,
    )  # fmt: skip
    if what_next == NextStep.END:
        end_intervention(use=use, ended_on=asked_on, why=_get_end_reason(family_says), by=by)
    return answer


def _get_end_reason(family_says: str) -> str:
    if family_says == FamilyAnswer.ENDED:
        return "The family ended it"
    return "It was not helping now, or no longer needed"
