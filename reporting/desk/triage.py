"""Triage: the board of referrals that wait, and the page where one is read and decided."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.actions import raise_risk_alert
from pairs.families.forms import NewAlert
from pairs.service.models import Site
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed
from referrals.actions import decide_referral, mark_read
from referrals.forms import Decision
from referrals.models import Referral
from referrals.rules.clocks import wait_for_decision
from referrals.said import said


@policy.permission("triage_referrals")
def triage(request):
    """Referrals that wait for a decision, oldest first."""
    waiting = Referral.objects.with_people().order_by("received_at", "id")
    page = fetch_page(request, waiting, within="triaged_by")
    rows = [_row(referral, timezone.localdate()) for referral in page]
    return render(request, "desk/triage.html", {"page": page, "rows": rows})


def _row(referral, on):
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "days": _waited(referral, on).days,
        "status": referral.status,
        "place": str(referral.place),
        "door": referral.get_door_display(),
        "by": _referred_by(referral),
        "flags": _flags(referral),
    }


def _waited(referral, on):
    return wait_for_decision(received=timezone.localdate(referral.received_at), decided=None, on=on)


def _referred_by(referral):
    people = [str(each) for each in (referral.referrer, referral.team) if each]
    return ", ".join(people) or "The family"


def _flags(referral):
    infants, carers = referral.infants.all(), referral.caregivers.all()
    flags = [
        ("Unborn", any(infant.birth_date is None for infant in infants)),
        ("Interpreter", any(carer.needs_interpreter for carer in carers)),
        ("A carer's own help", referral.patient_id is not None),
        ("Without the parent's agreement", referral.permission == "lawful_basis"),
    ]
    return [text for text, holds in flags if holds]


@policy.permission("triage_referrals")
def decide(request, referral_id):
    """What was said, beside the decision."""
    referral = _referral(request, referral_id)
    typed = Typed(request, kind="decide-referral")
    form = Decision(typed.data, referral=referral, sites=Site.objects.open_on(timezone.localdate()))
    done = typed.submitted(
        form,
        make=lambda: decide_referral(referral=referral, by=request.user, **form.details()),
        path_of=lambda decided: _after(request, decided),
    )
    if done:
        return redirect(done)
    return _decision_page(request, referral, form=form, submission_token=typed.token)


def _referral(request, referral_id):
    referrals = Referral.objects.with_people().select_related("family")
    return fetch(request, referrals, pk=referral_id, may="triage_referrals")


def _after(request, referral):
    """The new family's page for those who may open it, else back to the board."""
    messages.success(
        request, f"{referral.reference} is decided. Whoever referred hears that there is an answer."
    )
    if referral.family and request.scope.may("read_families", at=referral.family.site_id):
        return reverse("family", args=[referral.family_id])
    return reverse("triage")


def _decision_page(request, referral, *, form, submission_token):
    alert = Typed(request, kind="referral-alert") if request.method == "GET" else None
    context = {
        "referral": referral,
        "said": said(referral),
        "row": _row(referral, timezone.localdate()),
        "form": form,
        "submission_token": submission_token,
        "alert": NewAlert(prefix="alert") if alert else None,
        "alert_token": alert.token if alert else None,
    }
    return render(request, "desk/decide.html", context)


@policy.permission("triage_referrals")
def referral_alert(request, referral_id):
    """Raise a risk alert about a referral, before there is a family: lead and duty hear at once."""
    referral = _referral(request, referral_id)
    typed = Typed(request, kind="referral-alert")
    form = NewAlert(typed.data, prefix="alert")
    done = typed.submitted(
        form,
        make=lambda: raise_risk_alert(
            site=referral.site,
            family=referral.family,
            about=referral.reference,
            what=form.cleaned_data["what"],
            by=request.user,
        ),
        path_of=lambda alert: reverse("alert", args=[alert.pk]),
    )
    if done:
        return redirect(done)
    context = {"referral": referral, "form": form, "submission_token": typed.token}
    return render(request, "desk/referral_alert.html", context)


@policy.permission("triage_referrals")
def referral_read(request, referral_id):
    """Say that somebody has read it: who and when is kept."""
    referral = _referral(request, referral_id)
    if request.method == "POST" and referral.status in ("received", "more_asked"):
        _mark_read(request, referral)
    return redirect("decide-referral", referral.pk)


def _mark_read(request, referral):
    """Two who click at once: the first one's name is kept, and the second is told so kindly."""
    try:
        mark_read(referral=referral, by=request.user)
    except Refused:
        messages.info(request, "Somebody else was here a moment before you; what they did is kept.")
    else:
        messages.success(request, "Marked as read, with your name and the time.")
