"""Letters at an ending: who may be written to, what is begun already, and one more begun."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import NewEndingLetter
from interventions.endings.models import EndingLetter
from interventions.endings.views.shown import page
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from pairs.village.models import Letter, referrers_of


@policy.permission("read_families", "govern_records", POST="write_records")
def ending_letters(request, episode_id):
    """Each letter of this ending, to one reader each; whoever writes here begins the next one."""
    episode = fetch(request, Episode.objects.select_related("referral"), pk=episode_id)
    may = "write_records" if request.method == "POST" else None
    family = family_of(request, episode.family_id, may=may)
    typed = Typed(request, kind="ending-letter")
    form = NewEndingLetter(typed.data, family=family, referrers=referrers_of(family))
    done = typed.submitted(
        form,
        make=lambda: actions.begin_ending_letter(episode=episode, by=request.user, **form.cleaned_data),
        path_of=lambda letter: reverse("letter", args=[letter.pk]),
    )
    if done:
        messages.success(request, "The letter is begun. Read it with the family's eyes before you sign it.")
        return redirect(done)
    letters = Letter.objects.filter(
        pk__in=EndingLetter.objects.visible_to(request.scope).filter(episode=episode).values("letter")
    )
    context = {
        "episode": episode,
        "form": form,
        "letters": fetch_list(request, letters.whole().newest_first()),
        "may_write": request.scope.may("write_records", at=family.site_id),
        "grieving": any(infant.lost_on for infant in family.infants.all()),
        "whose": episode.referral.patient,
    }
    return page(request, "letters", family, typed, **context)
