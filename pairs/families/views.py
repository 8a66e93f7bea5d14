"""Pages about people alone: an alert and its answer, a birth, and what a peer supporter may see."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.actions import answer_risk_alert, raise_risk_alert, register_birth
from pairs.families.banner import banner_of, family_name
from pairs.families.forms import AnswerAlert, Birth, NewAlert
from pairs.families.models import Family, Infant, RiskAlert
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed, show_refusal


@policy.permission("read_families", "triage_referrals")
def alert(request, alert_id):
    """One risk alert: what it is, what was done, and what you did."""
    alert = fetch(
        request, RiskAlert.objects.select_related("site", "raised_by", "lead", "family"), pk=alert_id
    )
    typed = Typed(request, kind="alert")
    form = AnswerAlert(typed.data)
    if typed.ready(form):
        try:
            return redirect(
                typed.submit(make=lambda: _answer(request, alert, form), path_of=lambda step: request.path)
            )
        except Refused as refused:
            show_refusal(form, refused)
    context = {
        "alert": alert,
        "steps": alert.steps.select_related("by"),
        "banner": _banner(request, alert),
        "form": form,
        "submission_token": typed.token,
    }
    return render(request, "families/alert.html", context)


def _banner(request, alert):
    """Whose record it is; None before there is a family."""
    if alert.family_id is None:
        return None
    return banner_of(fetch(request, Family.objects.with_people(), pk=alert.family_id))


def _answer(request, alert, form):
    answer, note = form.cleaned_data["answer"], form.cleaned_data["note"]
    return answer_risk_alert(alert=alert, kind=answer, note=note, by=request.user)


@policy.permission("write_records", "register_people")
def new_alert(request, family_id):
    """Raise an alert about a family: lead and duty hear at once."""
    family = fetch(request, Family.objects.with_people().select_related("site"), pk=family_id)
    typed = Typed(request, kind="new-alert")
    form = NewAlert(typed.data)
    if typed.ready(form):
        messages.success(request, "The alert is raised. The lead and duty have been told that it is there.")
        return redirect(
            typed.submit(make=lambda: _raise(request, family, form), path_of=lambda made: _family(family))
        )
    context = {"form": form, "banner": banner_of(family), "family": family, "submission_token": typed.token}
    return render(request, "families/new_alert.html", context)


def _raise(request, family, form):
    return raise_risk_alert(site=family.site, family=family, what=form.cleaned_data["what"], by=request.user)


def _family(family):
    return reverse("family", args=[family.pk])


@policy.permission("register_people")
def birth(request, infant_id):
    """The baby is born: the same record, now with a date of birth."""
    infant = fetch(request, Infant.objects.active().select_related("family"), pk=infant_id)
    family = fetch(request, Family.objects.with_people(), pk=infant.family_id, may="register_people")
    typed = Typed(request, kind="birth")
    form = Birth(typed.data, initial={"given_name": infant.given_name, "sex": infant.sex})
    if typed.ready(form):
        try:
            path = typed.submit(
                make=lambda: register_birth(infant=infant, by=request.user, **form.cleaned_data),
                path_of=lambda born: _family(family),
            )
            messages.success(request, "The birth is registered.")
            return redirect(path)
        except Refused as refused:
            show_refusal(form, refused)
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    return render(request, "families/birth.html", context | {"family": family})


@policy.permission("support_families")
def supported_families(request):
    """The families a peer supporter is linked to."""
    families = fetch_list(request, Family.objects.with_people(), within="supported_by")
    rows = [{"id": family.pk, "name": family_name(family)} for family in families]
    return render(request, "families/supported.html", {"families": rows})


@policy.permission("support_families")
def supported_family(request, family_id):
    """What a peer supporter sees of a family: alerts and safe contact. No clinical note is here."""
    family = fetch(request, Family.objects.with_people(), within="supported_by", pk=family_id)
    caregivers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    alerts = RiskAlert.objects.live().filter(family=family).open()
    context = {
        "family": family,
        "caregivers": caregivers,
        "banner": banner_of(family, alerts=alerts, linked=False),
    }
    return render(request, "families/supported_family.html", context)
