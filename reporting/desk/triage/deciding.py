"""One screen to decide: what was said, who of those named may be held, the answer, and what everybody hears."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.families.forms import NewAlert
from pairs.families.models import RiskAlert
from pairs.service.models import Site
from pairs.submissions.typed import Typed, without_complaints
from referrals.actions import decide_referral
from referrals.forms import Decision
from referrals.forms.decision import match_formset, names_the_missing, rows_to_answer
from referrals.forms.replies import asks_for_drafts, replies_form
from referrals.looking import looked_up
from referrals.models import Addition
from referrals.rules.moves import may_move
from referrals.said import said
from reporting.desk.returns import returns_of, story_of
from reporting.desk.triage.board import flags_of, reading
from reporting.desk.triage.capacity import carried_by_leads, room_at_sites
from reporting.desk.triage.fetched import born, referral_of, referred_by, waited

ELSEWHERE = "Possible match: the hub will check."
HUB_SAYS = {
    "asked": ELSEWHERE,
    "same": "The hub has answered: it is somebody whose record is not open to you. Somebody who may open it has to "
    "decide this referral; please ring the hub.",
    "different": "The hub has answered: it is nobody whom we hold elsewhere.",
}


@policy.permission("triage_referrals")
def decide(request, referral_id):
    """What was said, beside the decision."""
    referral = referral_of(request, referral_id)
    typed = Typed(request, kind="decide-referral")
    if typed.posted and (done := typed.done()):
        return redirect(done)  # the second of two clicks: the referral is decided by now
    looked = looked_up(request, referral)
    forms = _forms(typed, referral, looked)
    form, matches, replies = forms
    if asks_for_drafts(request):
        for each in (form, matches):
            without_complaints(each)
        return _page(request, referral, typed, looked, forms)
    done = typed.submitted(
        form,
        matches,
        replies,
        make=lambda: decide_referral(
            referral=referral, by=request.user, replies=replies.drafts(), **form.details(matches)
        ),
        path_of=lambda decided: _after(request, decided),
    )
    return redirect(done) if done else _page(request, referral, typed, looked, forms)


def _forms(typed, referral, looked):
    """The answer, who is who, and the replies, drafted for the answer that is chosen now."""
    leads, carried = carried_by_leads()
    room = room_at_sites()
    notes = {each.site.pk: each.words for each in room} | {
        lead.pk: f"{carried.get(lead.pk, 0)} open episodes" for lead in leads
    }
    sites = Site.objects.open_on(timezone.localdate())
    form = Decision(typed.data, referral=referral, sites=sites, notes=notes)
    form.room = room
    matches = match_formset(looked)(typed.data, initial=rows_to_answer(looked), prefix="matches")
    return form, matches, _replies(typed, referral, form)


def _replies(typed, referral, form):
    chosen = _chosen(typed, form)
    return replies_form(
        typed,
        referral,
        response=chosen.get("response", ""),
        destinations=chosen.get("destinations") or (),
        reason=chosen.get("reason", ""),
        on=timezone.localdate(),
    )


def _chosen(typed, form):
    """What is chosen by now, as far as it can be read."""
    if not typed.posted:
        return {}
    form.is_valid()
    return form.cleaned_data


def _after(request, referral):
    """The new family's page for those who may open it, else back to the board."""
    messages.success(request, f"{referral.reference} is decided, and the replies are on their way.")
    if referral.family and request.scope.may("read_families", at=referral.family.site_id):
        return reverse("family", args=[referral.family_id])
    return reverse("triage")


def _page(request, referral, typed, looked, forms):
    form, matches, replies = forms
    now = timezone.now()
    alert = Typed(request, kind="referral-alert") if request.method == "GET" else None
    context = {
        "referral": referral,
        "said": said(referral),
        "row": {
            "days": waited(referral, timezone.localdate(now)).days,
            "door": referral.get_door_display(),
            "by": referred_by(referral),
            "flags": flags_of(referral),
            **reading(referral, now),
        },
        "worries": fetch_list(request, RiskAlert.objects.open().filter(about=referral.reference)),
        "additions": fetch_list(request, Addition.objects.filter(referral=referral).select_related("by")),
        "comes_back": returns_of([referral]).get(referral.pk, (None, ""))[1],
        "story": story_of(request, referral),
        "may_reopen": referral.decided_at is not None and may_move(referral.status, "read"),
        "form": form,
        "matches": matches,
        "people": [_person(row) for row in matches.forms],
        "replies": replies,
        "missing": names_the_missing(referral),
        "submission_token": typed.token,
        "alert": NewAlert(prefix="alert") if alert else None,
        "alert_token": alert.token if alert else None,
        "error_title": any(any(each.errors) for each in (matches, replies)),
    }
    return render(request, "desk/decide.html", context)


def _person(row):
    """One named person as the page draws them: who may be the same, with the evidence; of one birth; the hub."""
    looked = row.looked
    if looked is None:
        return {"row": row, "name": "", "born": "", "hub": "", "twins": [], "found": 0}
    row.option_hints = {"held": {str(each.person.pk): _evidence(each) for each in looked.here}}
    return {
        "row": row,
        "name": looked.named.name
        or ("A baby not yet named" if looked.kind == "infant" else "Name not known"),
        "born": born(looked.named),
        "hub": HUB_SAYS.get(looked.hub, ""),
        "twins": [f"{each.name or 'A baby not yet named'}, {born(each).lower()}" for each in looked.twins],
        "found": len(looked.here),
    }


def _evidence(candidate):
    """What speaks for it, when they were born, where they are held, and what was answered before."""
    person = candidate.person
    before = {"same": "answered before: the same", "different": "answered before: not the same"}
    parts = [
        "; ".join(candidate.likeness.evidence).capitalize(),
        born(person),
        f"Held at {person.family.site}",
        before.get(candidate.answer, "").capitalize(),
    ]
    return ". ".join(filter(None, parts)) + "."
