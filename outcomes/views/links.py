"""The parent's link: made and called back by a practitioner, answered on a phone, read by the team."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from outcomes.forms import LinkForm, answers_form_of
from outcomes.links import answer_by_link, call_back, link_of, make_link, mark_read
from outcomes.measures import catalogue
from outcomes.models import MeasureLink
from outcomes.views.assessments import chosen_measure, dyads_of, episode_of
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.access.language import in_their_language
from pairs.families.banner import banner_of
from pairs.service.links import full_address
from pairs.service.qr import qr_code
from pairs.service.refusals import Refused
from pairs.submissions.typed import show_refusal


@policy.permission("write_records")
@never_cache
def new_measure_link(request, episode_id):
    """Make an address for one carer's phone: its text is shown once, on this answer only."""
    episode = episode_of(request, episode_id)
    family, dyads = dyads_of(request, episode)
    measure = chosen_measure(request, {})
    if measure is None or not measure.by_link:
        return redirect("choose-measure", episode.pk)
    form = LinkForm(_posted(request), dyads=dyads, initial=_usual(request, dyads))
    address = _made(request, episode, measure, form) if request.method == "POST" and form.is_valid() else None
    context = {"episode": episode, "measure": measure, "form": form, "address": address}
    context |= {
        "days": settings.MEASURE_LINK_DAYS,
        "code": qr_code(address) if address else None,
        "banner": banner_of(family),
    }
    return render(request, "outcomes/new_measure_link.html", context)


def _posted(request):
    """What was sent, also when every answer was left out."""
    return request.POST if request.method == "POST" else None


def _usual(request, dyads):
    ids = [str(dyad.pk) for dyad, _ in dyads]
    wanted = request.GET.get("dyad")
    return {"dyad": wanted if wanted in ids else next(iter(ids), None), "timepoint": "start"}


def _made(request, episode, measure, form):
    """The address; None where a rule refuses it, which the form tells then."""
    try:
        _, token = make_link(episode=episode, measure=measure.id, by=request.user, **form.cleaned_data)
    except Refused as refused:
        show_refusal(form, refused)
        return None
    return full_address("measure-link", token)


@policy.permission("write_records")
@require_POST
def call_back_link(request, link_id):
    """The address works no more, from now on."""
    link = fetch(request, MeasureLink.objects.all(), pk=link_id)
    episode = episode_of(request, link.episode_id)
    if call_back(link=link):
        messages.success(request, "The link no longer works.")
    return redirect("choose-measure", episode.pk)


@policy.permission("write_records")
@require_POST
def read_answers(request, link_id):
    """I have read what the parent answered."""
    link = fetch(request, MeasureLink.objects.all(), pk=link_id)
    episode_of(request, link.episode_id)
    if mark_read(link=link, by=request.user):
        messages.success(request, "Marked as read.")
    return (
        redirect("assessment", link.assessment_id)
        if link.assessment_id
        else redirect("episode", link.episode_id)
    )


@policy.one_time_link
@never_cache
@in_their_language
def answer_measure(request, link):
    """A parent answers, on their own phone: the questions, and nothing about anybody."""
    found = link_of(link)
    if found is None:
        return render(request, "outcomes/public/link_over.html", status=404)
    measure = catalogue()[found.measure]
    form = answers_form_of(measure)(_posted(request))
    if request.method == "POST" and form.is_valid() and _answered(found, form):
        return redirect("measure-link-thanks")
    context = {"measure": measure, "form": form, "quick_exit": settings.QUICK_EXIT_URL}
    return render(request, "outcomes/public/answer.html", context)


def _answered(link, form):
    try:
        answer_by_link(link=link, responses=form.responses)
    except Refused as refused:
        show_refusal(form, refused)
        return False
    return True


@policy.public
@never_cache
@in_their_language
def answered_measure(request):
    """Thank you."""
    return render(request, "outcomes/public/thanks.html")
