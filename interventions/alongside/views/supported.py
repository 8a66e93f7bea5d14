"""A peer supporter's own pages: the families they are linked to, their log, and what to do with a worry."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.alongside import actions
from interventions.alongside.forms import NewPeerLog, Worry
from interventions.alongside.models import PeerLog, PeerSupport
from interventions.alongside.shared_plan import shared_goals
from interventions.alongside.views.shown import after
from interventions.plans.paper import family_plan
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, family_name
from pairs.families.forms import EnteredInError
from pairs.families.models import Family, RiskAlert
from pairs.families.shown import limits_of
from pairs.submissions.typed import Typed

MINE = "supported_by"
LAST = 20


@policy.permission("support_families")
def supported_families(request):
    """The families a peer supporter is linked to."""
    return render(request, "alongside/supported_families.html", {"families": families_supported(request)})


def families_supported(request):
    """{id, name} of each, for their list and their home page."""
    families = fetch_list(request, Family.objects.with_people(), within=MINE)
    return [{"id": family.pk, "name": family_name(family)} for family in families]


def supported(request, family_id):
    """The family, if they are linked to it now."""
    return fetch(request, Family.objects.with_people().select_related("site"), within=MINE, pk=family_id)


def links_of(request, family):
    """Their links to this family, the newest first; none for access that was given without one."""
    return fetch_list(request, PeerSupport.objects.filter(family=family).with_people(), within=MINE)


def carers_shown(family, links):
    """Whoever they are linked to support: those carers alone, or everybody."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    named = {link.caregiver_id for link in links}
    if not named or None in named:
        return list(carers.values())
    return [carer for pk, carer in carers.items() if pk in named]


def own_page(request, template, family, typed=None, **context):
    """One of their pages: the banner with alerts and cautions, and nothing that other rooms say."""
    alerts = RiskAlert.objects.live().filter(family=family).open()
    shared = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts, linked=False),
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"alongside/{template}.html", shared | context)


@policy.permission("support_families")
def supported_family(request, family_id):
    """What a peer supporter sees of a family: alerts, safe contact, their hopes, their own log. No note is here."""
    family = supported(request, family_id)
    links = links_of(request, family)
    carers = carers_shown(family, links)
    log = PeerLog.objects.filter(support__family=family).newest_first()
    context = {
        "carers": [(carer, limits_of(carer)) for carer in carers],
        "plan": family_plan(family),
        "goals": shared_goals(family, [carer.pk for carer in carers]),
        "log": fetch_page(request, log, per_page=LAST, within=MINE),
        "may_write": bool(links),
    }
    return own_page(request, "supported_family", family, **context)


@policy.permission("support_families")
def new_peer_log(request, family_id):
    """Write a line: which day, how, how long, who, what about."""
    link = fetch(request, PeerSupport.objects.with_people(), within=MINE, family=family_id)
    family = supported(request, family_id)
    typed = Typed(request, kind="new-peer-log")
    form = NewPeerLog(typed.data, initial={"day": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.write_peer_log(link=link, by=request.user, **form.cleaned_data),
        path_of=lambda log: reverse("supported-family", args=[family_id]),
    )
    if done:
        return after(request, done, "Your line is saved.")
    return own_page(request, "new_peer_log", family, typed, form=form)


@policy.permission("support_families")
def peer_log_in_error(request, log_id):
    """Take back a line of their own: written about the wrong family, or by mistake."""
    log = fetch(request, PeerLog.objects.newest_first(), within=MINE, pk=log_id)
    family = supported(request, log.support.family_id)
    typed = Typed(request, kind="peer-log-in-error")
    form = EnteredInError(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.mark_log_in_error(log=log, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("supported-family", args=[family.pk]),
    )
    if done:
        return after(request, done, "The line is taken back.")
    return own_page(request, "peer_log_in_error", family, typed, form=form, log=log)


@policy.permission("support_families")
def worry(request, family_id):
    """“I’m worried”: whoever leads, and duty, are told at once."""
    family = supported(request, family_id)
    typed = Typed(request, kind="worry")
    form = Worry(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.raise_worry(family=family, by=request.user, **form.cleaned_data),
        path_of=lambda alert: reverse("supported-family", args=[family.pk]),
    )
    if done:
        said = "Thank you for saying so. The duty clinician, and whoever leads the work, have been told."
        return after(request, done, said)
    return own_page(request, "worry", family, typed, form=form)
