"""Pages: asking a carer, answering by the link, and entering an answer from paper."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from interventions.episodes.models import Episode
from outcomes.experience.actions import (
    answer_by_link,
    ask_for_experience,
    enter_paper_answer,
    link_works,
    sealed_token,
    unsealed,
)
from outcomes.experience.forms import Answers, AskForExperience, PaperAnswers
from outcomes.experience.models import ExperienceAsked
from outcomes.experience.rules import QUESTIONS, SCALE
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.access.language import in_their_language
from pairs.families.banner import banner_of
from pairs.families.models import Caregiver, Family
from pairs.service.links import full_address
from pairs.service.models import Site
from pairs.service.qr import qr_code
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed, show_refusal

KNOWN = {"quick_exit": settings.QUICK_EXIT_URL}


# ---------------------------------------------------------------- for staff
@policy.permission("write_records")
@never_cache
def new_experience_link(request, episode_id):
    """Ask one carer: the link is made and shown on this answer only. No page says whether anybody answered."""
    episodes = Episode.objects.select_related("referral__patient", "site")
    episode = fetch(request, episodes, pk=episode_id, may="write_records")
    family = fetch(request, Family.objects.with_people(), pk=episode.family_id)
    lost = any(infant.lost_on for infant in family.infants.all())
    form = AskForExperience(
        request.POST if request.method == "POST" else None,
        carers=_carers(request, family, episode),
        lost=lost,
    )
    shared = {"episode": episode, "lost": lost, "banner": banner_of(family)}
    if request.method == "POST" and form.is_valid():
        made = _made(request, episode, form, lost)
        if made:
            return render(request, "experience/link_made.html", shared | made)
    asked = fetch_list(request, ExperienceAsked.objects.filter(episode=episode).select_related(*_WHO))
    return render(
        request, "experience/new_link.html", shared | {"form": form, "asked": asked, "sealed": sealed_token()}
    )


_WHO = ("caregiver", "asked_by")


def _carers(request, family, episode):
    """Whom one may ask: the carers of the family; in a carer's own episode, that carer alone."""
    patient = episode.referral.patient_id
    ids = {patient} if patient else {dyad.caregiver_id for dyad in family.dyads.all()}
    return Caregiver.objects.visible_to(request.scope).filter(pk__in=ids).order_by("given_name", "id")


def _made(request, episode, form, lost):
    """What the page of the new link shows; None when it was refused, and the form says why."""
    said, token = form.cleaned_data, unsealed(request.POST.get("sealed", ""))
    if not token:
        form.add_error(
            None, "This page was open for a long time. Nothing was made: please press the button again."
        )
        return None
    try:
        asked = ask_for_experience(
            episode=episode,
            caregiver=said["caregiver"],
            token=token,
            thought_about=said.get("thought_about", False),
            lost=lost,
            by=request.user,
        )
    except Refused as refused:
        show_refusal(form, refused)
        return None
    address = full_address("experience", token)
    return {"asked": asked, "address": address, "picture": qr_code(address)}


@policy.permission("read_reports")
def new_paper_answer(request):
    """Type what stands on a paper: a site, a month, the answers. Nothing of a family is asked or kept."""
    typed = Typed(request, kind="paper-answer")
    form = PaperAnswers(typed.data, sites=paper_sites(request.scope))
    done = typed.submitted(
        form,
        make=lambda: enter_paper_answer(**form.cleaned_data),
        path_of=lambda made: reverse("new-paper-answer"),
    )
    if done:
        messages.success(
            request, "The answer is kept. Destroy the paper as your service does with such papers."
        )
        return redirect(done)
    context = {"form": form, "submission_token": typed.token}
    return render(request, "experience/new_paper_answer.html", context)


@policy.permission("write_records", "read_reports")
def experience_paper(request):
    """The questions to print and hand out: the same sheet for everybody, with no name and no number on it."""
    context = {"questions": list(QUESTIONS.values()), "answers": [words for _, words in SCALE]}
    return render(request, "experience/paper.html", context)


def paper_sites(scope):
    """The sites whose papers one may type."""
    return Site.objects.filter(pk__in=scope.sites("read_reports")).order_by("name")


# ---------------------------------------------------------------- for whoever holds a link
@policy.one_time_link
@csrf_exempt  # nothing is done in anybody's name here; so the page works with cookies off, and leaves none behind
@never_cache
@in_their_language
def experience(request, answer_link):
    """The questions. Only a POST uses the link up; one that was used, is over or never was gets the same 404.

    Somebody signed in to PaIRS gets neither: they would learn whether it was used.
    """
    if request.user.is_authenticated:
        return _private(render(request, "experience/public/not_for_staff.html", KNOWN))
    if not link_works(answer_link):
        return _over(request)
    form = Answers(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_by_link(token=answer_link, **form.cleaned_data)
        except Refused:
            return _over(request)
        return _private(redirect("experience-thanks"))
    return _private(render(request, "experience/public/answers.html", KNOWN | {"form": form}))


def _over(request):
    context = KNOWN | {"days": settings.EXPERIENCE_LINK_DAYS}
    return _private(render(request, "experience/public/over.html", context, status=404))


def _private(response):
    """The address is the secret: no request that follows from this page tells it to anybody."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@policy.public
@never_cache
@in_their_language
def experience_thanks(request):
    """The same words for everybody."""
    return render(request, "experience/public/thanks.html", KNOWN)
