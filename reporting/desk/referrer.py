"""What became of a referral, for whoever made it; and the referral itself: they read what other rooms know."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.episodes.models import CareContact
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from referrals.models import Addition, Referral, Reply
from referrals.rules.moves import may_move
from referrals.rules.told import agreed_steps, may_follow, next_step, status_for_referrer
from referrals.said import agreed_with, said
from referrals.views.professional import drafts_of


@policy.permission("make_referrals")
def my_referrals(request):
    """Mine and my team's: received, decided, and what comes next."""
    newest = Referral.objects.order_by("-received_at", "id")
    page = fetch_page(request, newest, within="made_by")
    agreed = agreed_with(request.user, page)
    rows = [_for_referrer(request, referral, agreed) for referral in page]
    return render(
        request, "referrals/my_referrals.html", {"page": page, "rows": rows, "drafts": drafts_of(request)}
    )


def _for_referrer(request, referral, agreed):
    """What a referrer may know of what became of it. ``agreed``: of agreed_with()."""
    told = agreed.get(referral.family_id)
    shared = may_follow(permission=referral.permission, agreed=told)
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received": referral.received_at,
        "decided": referral.decided_at,
        "status": status_for_referrer(referral.status, shared=shared),
        "next": next_step(referral.status, shared=shared),
        "agreed": agreed_steps(told) if shared else [],
        "mine": referral.referrer_id == request.user.pk,
    }


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def referral(request, referral_id):
    """A referral: whole for staff within their sites; to whoever made it, what they said and what comes next."""
    try:
        found = fetch(request, Referral.objects.with_people().select_related("family"), pk=referral_id)
    except Http404:
        return _as_referrer(request, referral_id)
    may_triage = request.scope.may("triage_referrals", at=found.site_id)
    context = {
        "referral": found,
        "said": said(found),
        "steps": found.steps.select_related("by"),
        "replies": fetch_list(request, Reply.objects.filter(referral=found).order_by("created_at")),
        "additions": fetch_list(request, Addition.objects.filter(referral=found).select_related("by")),
        "may_decide": may_triage and found.decided_at is None,
        "may_reopen": may_triage and found.decided_at is not None and may_move(found.status, "read"),
    }
    return render(request, "referrals/referral.html", context)


def _as_referrer(request, referral_id):
    found = fetch(request, Referral.objects.with_people(), pk=referral_id, within="made_by")
    agreed = agreed_with(request.user, [found])
    known = _for_referrer(request, found, agreed)
    context = {
        "known": known | _more(found, agreed.get(found.family_id)),
        "said": said(found) if known["mine"] else None,
        **(_to_and_fro(request, found) if known["mine"] else {"told": [], "additions": []}),
    }
    return render(request, "referrals/my_referral.html", context)


def _to_and_fro(request, referral):
    """What we told them, and what they and their colleagues added."""
    told = Reply.objects.filter(referral=referral).order_by("created_at")
    added = Addition.objects.filter(referral=referral).select_related("by").order_by("at")
    return {
        "told": fetch_list(request, told, within="told_to"),
        "additions": fetch_list(request, added, within="made_by"),
    }


def _more(referral, agreed):
    """The named contact and the dates, each only as far as the family has agreed; until then by when it is read."""
    shared = may_follow(permission=referral.permission, agreed=agreed)
    waits = referral.status == "received" and referral.first_read_at is None
    return {
        "undecided": referral.decided_at is None,
        "read_by": referral.read_by_time if waits else None,
        "lead": referral.lead if shared and referral.status == "accepted" else None,
        "shows_dates": "appointments" in (agreed or ()),
        "met_on": _met_on(referral) if "appointments" in (agreed or ()) else None,
        "meets_on": _meets_on(referral) if "appointments" in (agreed or ()) else None,
    }


def _met_on(referral):
    """The newest appointment that somebody came to."""
    kept = CareContact.objects.live().with_family().attended()
    kept = kept.filter(episode__referral=referral, episode__family=referral.family_id)
    return kept.newest_first().values_list("starts_at", flat=True).first()


def _meets_on(referral):
    """The next appointment that is booked."""
    of_work = Q(referral=referral) | Q(episode__referral=referral)
    booked = Appointment.objects.going_on().filter(of_work, family=referral.family_id)
    return booked.filter(starts_at__gte=timezone.now()).in_time().values_list("starts_at", flat=True).first()
