"""Consultations: asked for by professionals; arranged, held and written down by the team; followed by whoever asked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of
from pairs.families.models import Family, RiskAlert
from pairs.submissions.actions import token_from
from pairs.submissions.typed import Typed
from referrals.actions.consultations import (
    arrange_consultation,
    ask_for_consultation,
    hold_consultation,
    withdraw_consultation,
)
from referrals.clinicians import clinicians_at
from referrals.forms.consultations import Arrangement, Held, NewConsultation, TakingBack
from referrals.models import Consultation, Referral
from referrals.rules.consulting import MOVES
from referrals.said import consultation_said, known_to_asker
from referrals.writing import known_of


@policy.permission("make_referrals")
def new_consultation(request):
    """Ask for one: about an unnamed family, a named one, or (``?referral=``) one that they have referred."""
    about = _own_referral(request)
    typed = Typed(request, kind="new-consultation")
    form = NewConsultation(typed.data, referral=about, initial=known_of(request.user))
    path = typed.submitted(
        form,
        make=lambda: ask_for_consultation(by=request.user, referral=about, **form.details()),
        path_of=lambda made: reverse("consultation", args=[made.pk]),
    )
    if path:
        messages.success(request, "Your request has reached us. A clinician will arrange a time with you.")
        return redirect(path)
    context = {"form": form, "submission_token": typed.token, "referral": about}
    return render(request, "referrals/new_consultation.html", context)


def _own_referral(request):
    """The referral that the address names: one of theirs, or 404."""
    if "referral" not in request.GET:
        return None
    pk = token_from(request.GET["referral"])
    return fetch(request, Referral.objects.select_related("site", "place", "family"), pk=pk, within="made_by")


@policy.permission("make_referrals", "triage_referrals")
def consultations(request):
    """Those of the team's sites that wait come first; to whoever asks, their own and their team's."""
    staff = request.scope.may("triage_referrals")
    listed = Consultation.objects.select_related("clinician", "asked_by", "team", "place", "site")
    if staff and "all" not in request.GET:
        listed = listed.open().order_by("asked_at", "id")
    page = fetch_page(request, listed, within="visible_to" if staff else "made_by")
    context = {"page": page, "staff": staff, "all": "all" in request.GET or not staff}
    return render(request, "referrals/consultations.html", context)


def _with_steps():
    people = Consultation.objects.select_related("clinician", "asked_by", "team", "place", "site", "referral")
    return people.prefetch_related("steps__by")


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def consultation(request, consultation_id):
    """Whole for the team; to whoever asked: what they asked, when and with whom, then what we thought together."""
    try:
        found = fetch(request, _with_steps(), pk=consultation_id)
    except Http404:
        found = fetch(request, _with_steps(), pk=consultation_id, within="made_by")
        return _as_asker(request, found)
    may_act = request.scope.may("triage_referrals", at=found.site_id) and bool(MOVES[found.status])
    return _shown(request, "consultation", found, {"said": consultation_said(found), "may_act": may_act})


def _as_asker(request, found):
    known = known_to_asker(found, mine=found.asked_by_id == request.user.pk)
    context = {"known": known, "consultation": found, "may_take_back": bool(MOVES[found.status])}
    return render(request, "referrals/my_consultation.html", context)


def _shown(request, page, found, context):
    """A page of the team's; with the family's banner where it is about one that they may open."""
    context |= {"consultation": found, "banner": _banner(request, found)}
    return render(request, f"referrals/{page}.html", context)


def _banner(request, found):
    family = Family.objects.with_people().visible_to(request.scope).filter(pk=found.family_id).first()
    if family is None:
        return None
    return banner_of(family, alerts=fetch_list(request, RiskAlert.objects.open().filter(family=family)))


@policy.permission("triage_referrals")
def consultation_arrangement(request, consultation_id):
    """Who thinks with them, and when; may be arranged anew."""
    found = _to_act_on(request, consultation_id)
    typed = Typed(request, kind="consultation-arrangement")
    form = Arrangement(typed.data, clinicians=clinicians_at(found.site))
    path = typed.submitted(
        form,
        make=lambda: arrange_consultation(consultation=found, by=request.user, **form.details()),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
        names={"at": "on"},
    )
    if path:
        return redirect(path)
    return _step_page(request, found, typed, form, title="Arrange the consultation", button="Save the time")


@policy.permission("triage_referrals")
def consultation_record(request, consultation_id):
    """It was held: what we thought together, and what came of it."""
    found = _to_act_on(request, consultation_id)
    typed = Typed(request, kind="consultation-record")
    form = Held(typed.data)
    path = typed.submitted(
        form,
        make=lambda: hold_consultation(consultation=found, by=request.user, **form.cleaned_data),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
    )
    if path:
        return redirect(path)
    return _step_page(
        request, found, typed, form, title="What we thought together", button="Save the consultation"
    )


@policy.permission("triage_referrals")
def consultation_withdrawal(request, consultation_id):
    """It does not take place: with the reason, which whoever asked can read."""
    return _taking_back(request, _to_act_on(request, consultation_id))


@policy.permission("make_referrals")
def consultation_taking_back(request, consultation_id):
    """Whoever asked does not need it any more."""
    return _taking_back(
        request, fetch(request, _with_steps(), pk=consultation_id, within="made_by"), asker=True
    )


def _taking_back(request, found, *, asker=False):
    typed = Typed(request, kind="consultation-withdrawal")
    form = TakingBack(typed.data)
    path = typed.submitted(
        form,
        make=lambda: withdraw_consultation(consultation=found, by=request.user, **form.cleaned_data),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
    )
    if path:
        return redirect(path)
    title, button = "Take the request back", "Take it back"
    if asker:
        context = _step_context(found, typed, form, title, button)
        return render(request, "referrals/consultation_step.html", context)
    return _step_page(request, found, typed, form, title="It does not take place", button="Save")


def _to_act_on(request, consultation_id):
    return fetch(request, _with_steps(), pk=consultation_id, may="triage_referrals")


def _step_context(found, typed, form, title, button):
    return {
        "consultation": found,
        "form": form,
        "submission_token": typed.token,
        "title": title,
        "button": button,
    }


def _step_page(request, found, typed, form, *, title, button):
    return _shown(request, "consultation_step", found, _step_context(found, typed, form, title, button))
