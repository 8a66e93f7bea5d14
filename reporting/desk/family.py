"""The family page: who is who, what worries us, what is under way, what changed and what is due."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.alongside.on_pages import shown_on_family
from interventions.episodes.chronology import who_was_there
from interventions.episodes.models import contact_title
from outcomes.pairing import goal_change
from pairs.access import policy
from pairs.access.asking import day, moment
from pairs.access.fetch import fetch
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Family, FamilyGrant, RiskAlert
from pairs.families.opened import family_of
from pairs.matching.actions import merged_into
from reporting.desk.family_facts import facts_of
from reporting.desk.kept_due import due_of_families
from reporting.desk.links import mending, of_family
from reporting.desk.people import carers_of, infants_of
from reporting.desk.worklist import shown


@policy.permission("read_families", "govern_records")
def family(request, family_id):
    """One family on one page, within twelve queries whatever its size."""
    try:
        family = family_of(request, family_id)
    except Http404:
        return _where_it_went(request, family_id)
    on, scope = timezone.localdate(), request.scope
    facts = facts_of(family, on)
    alerts = [RiskAlert(pk=row["id"], what=row["what"]) for row in facts["alerts"]]
    context = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts, above=facts["above"]),
        "infants": infants_of(family, scope, on),
        "carers": carers_of(family, facts["addresses"], facts["unrelated"], scope, on),
        "alerts": [_alert(row) for row in _sorted(facts["alerts"], "at")],
        "work": _work(facts, scope.may("write_records", at=family.site_id, of=family.pk)),
        "contacts": _contacts(facts["contacts"]),
        "visits": [_visit(row) for row in sorted(facts["visits"], key=lambda row: moment(row["at"]))],
        "decisions": [row | {"do_by": day(row["do_by"])} for row in _sorted(facts["decisions"], "at")],
        "others": [_reaches(row) for row in facts["grants"]],
        "alongside": shown_on_family(facts["joint"], facts["asks"]),
        "due": [shown(item, on) for item in due_of_families(scope, on, [family.pk])],
        "gaps": mending(scope, facts["gaps"], family_id=family.pk, at=family.site_id),
        "links": of_family(scope, family),
    }
    return render(request, "desk/family.html", context)


def _where_it_went(request, family_id):
    """A family that was merged into another goes by that one's page; whoever may not read that one finds nothing."""
    went_into = merged_into(family_id)
    if went_into is None:
        raise Http404
    return redirect("family", fetch(request, Family.objects.all(), pk=went_into).pk)


def _sorted(rows, name):
    """Newest first."""
    return sorted(rows, key=lambda row: row[name], reverse=True)


def _alert(row):
    return {
        "what": row["what"],
        "href": reverse("alert", args=[row["id"]]),
        "at": moment(row["at"]),
        "by": row["by"],
        "state": "seen" if row["seen_at"] else "raised",
    }


def _work(facts, may_write):
    """Episodes, the newest first, each with its plan; and the referrals that brought the family here."""
    episodes = [_episode(row, facts["goals"], may_write) for row in _sorted(facts["episodes"], "opened_on")]
    referrals = [_referral(row, may_write) for row in _sorted(facts["referrals"], "at")]
    return {"episodes": episodes, "referrals": referrals}


def _referral(row, may_write):
    waits = row["status"] == "accepted" and not row["episode"] and may_write
    open_href = reverse("open-episode", args=[row["id"]]) if waits else None
    book_href = reverse("new-first-visit", args=[row["id"]]) if waits else None
    return row | {"at": moment(row["at"]), "open_href": open_href, "book_href": book_href}


def _episode(row, goals, may_write):
    pk, mine = row["id"], (goal for goal in goals if goal["episode"] == row["id"])
    return {
        **row,
        **{name: day(row[name]) for name in ("opened_on", "ended_on", "review_on")},
        "href": reverse("episode", args=[pk]),
        "contact_href": reverse("new-contact", args=[pk]) if may_write and not row["ended_on"] else None,
        "book_href": reverse("new-appointment", args=[pk]) if may_write and not row["ended_on"] else None,
        "knock_href": None if row["ended_on"] else reverse("before-you-knock", args=[pk]),
        "goals": [_goal(goal) for goal in sorted(mine, key=lambda goal: goal["created_at"])],
    }


def _goal(row):
    scores = [rating["score"] for rating in row["ratings"]]
    change = goal_change(scores)
    return {
        "words": row["words"],
        "whose": f"{row['infant'] or 'Baby not yet named'} and {row['carer'] or 'carer not yet named'}",
        "href": reverse("dyad", args=[row["dyad"]]),
        "change": change,
        "chart": [(day(rating["on"]), rating["score"]) for rating in row["ratings"]],
    }


def _contacts(rows):
    """The newest few, each with who came; which was the last."""
    rows = sorted(rows, key=lambda row: moment(row["at"]), reverse=True)
    contacts = [_contact(row) for row in rows]
    return {"all": contacts, "last": contacts[0] if contacts else None}


def _visit(row):
    """One that is booked."""
    title = contact_title("family", row["how"], row["where"])
    return {
        "at": moment(row["at"]),
        "title": title,
        "by": row["by"],
        "href": reverse("appointment", args=[row["id"]]),
    }


def _contact(row):
    return {
        "at": moment(row["at"]),
        "title": contact_title(row["kind"], row["how"], row["where"]),
        "href": reverse("care-contact", args=[row["id"]]),
        "by": row["by"],
        "came": who_was_there(row),
        "draft": not row["signed_at"],
    }


def _reaches(row):
    purpose = dict(FamilyGrant.PURPOSES)[row["purpose"]]
    return {"who": row["who"], "purpose": purpose, "until": moment(row["until"]), "why": row["why"]}
