"""Page of the letters at an ending: those begun, and begin another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import NewEndingLetterForm
from interventions.endings.models import EndingLetter
from interventions.endings.views.record_pages import render_ending_page
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.submissions.form_submission import FormSubmission
from pairs.village.models import Letter, query_referrers


@policy.permission("read_families", "govern_records", POST="write_records")
def list_ending_letters(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """The letters of this ending, one recipient each; begin another."""
    episode = get_visible_or_404(request, Episode.objects.select_related("referral"), pk=episode_id)
    may = "write_records" if request.method == "POST" else None
    family = get_family(request, episode.family_id, may=may)
    submission = FormSubmission(request, kind="ending-letter")
    form = NewEndingLetterForm(submission.data, family=family, referrers=query_referrers(family))
    done = submission.save_once(
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
        "letters": list_visible(request, letters.whole().newest_first()),
        "may_write": request.scope.may("write_records", at=family.site_id),
        "grieving": any(infant.lost_on for infant in family.infants.all()),
        "whose": episode.referral.patient,
    }
    return render_ending_page(request, "letters", family, submission, **context)
