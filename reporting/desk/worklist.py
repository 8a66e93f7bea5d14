"""Everything due, asked of every room each time: safety first, then clinical, then data quality."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.alongside import due as alongside_due
from interventions.diary import due as diary_due
from interventions.endings import due as endings_due
from interventions.episodes import due as episodes_due
from interventions.filming import due as filming_due
from interventions.groups import due as groups_due
from interventions.plans import due as plans_due
from interventions.supervision import due as supervision_due
from outcomes import due as outcomes_due
from pairs.access import policy
from pairs.access.asking import PreparedBatch
from pairs.families import due as families_due
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY
from pairs.safeguarding import due as safeguarding_due
from pairs.service.models import User
from pairs.submissions.typed import Typed
from pairs.village import due as village_due
from referrals import due as referrals_due
from reporting.desk import waits
from reporting.desk.actions import decide_due_item
from reporting.desk.forms import DueDecisionForm
from reporting.desk.models import DueDecision
from reporting.desk.moves import due as moves_due

ROOMS = (
    families_due,
    village_due,
    safeguarding_due,
    referrals_due,
    episodes_due,
    plans_due,
    diary_due,
    filming_due,
    groups_due,
    alongside_due,
    endings_due,
    supervision_due,
    outcomes_due,
    moves_due,
    waits,
)
LISTS = (
    (SAFETY, "Safety", "safety"),
    (CLINICAL, "Clinical", "clinical"),
    (DATA_QUALITY, "Missing from records", "data"),
)


def everything_due(scope, on, families=None):
    """Every room's due items in scope, less what a person put off, handed to whom they were handed: two queries."""
    items = _DUE.answers(scope, on) if families is None else _DUE.answers(scope, on, families=list(families))
    return sorted(_as_decided(items, on), key=lambda item: (item.due_on, item.title))


def _questions(scope, on, families=None):
    families = None if families is None else [families]
    return [question for room in ROOMS for question in room.questions(scope, on, families)]


_DUE = PreparedBatch(_questions)


def _as_decided(items, on):
    newest = DueDecision.objects.filter(subject_id__in={item.subject_id for item in items}).order_by(
        "decided_at"
    )
    decided = {(decision.code, decision.subject_id): decision for decision in newest} if items else {}
    for item in items:
        decision = decided.get((item.code, item.subject_id))
        if decision is None:
            yield item
        elif item.kind == SAFETY or not decision.snoozed_until or decision.snoozed_until <= on:
            yield replace(item, owner_id=decision.handed_to_id or item.owner_id)


def is_mine(item, user_id):
    """Mine, or nobody's yet."""
    return item.owner_id in (None, user_id)


def shown(item, on):
    """A due item as components/due_list.html draws it."""
    overdue = (on - item.due_on).days
    when = (
        f"due {item.due_on:%-d %b %Y}"
        if overdue <= 0
        else f"{overdue} days overdue"
        if overdue > 1
        else "1 day overdue"
    )
    in_time = "overdue" if overdue > 0 else "today" if overdue == 0 else "soon"
    severity = {SAFETY: "safety", DATA_QUALITY: "data"}.get(item.kind, in_time)
    return {
        "title": item.title,
        "href": item.href,
        "severity": severity,
        "who": item.who,
        "when": when,
        "why": item.why,
        "decide": reverse("due-decision", args=[item.subject_id, item.code]) if item.kind != SAFETY else None,
    }


@policy.permission("read_families", "triage_referrals")
def worklist(request):
    """What is due, for me or for everybody at my sites, in three lists by what they are for."""
    on, everybody = timezone.localdate(), request.GET.get("whose") == "everybody"
    items = everything_due(request.scope, on)
    request.sight.listed.update(item.family_id for item in items if item.family_id)
    mine = [item for item in items if everybody or is_mine(item, request.user.pk)]
    lists = [
        {"title": title, "id": code, "items": [shown(item, on) for item in mine if item.kind == kind]}
        for kind, title, code in LISTS
    ]
    gaps_href = reverse("record-gaps") if request.scope.may("read_families") else None
    context = {"lists": lists, "everybody": everybody, "count": len(mine), "gaps_href": gaps_href}
    return render(request, "desk/worklist.html", context)


@policy.permission("read_families", "triage_referrals")
def due_decision(request, subject_id, code):
    """Put a due item off, or hand it to a colleague, with the reason."""
    item = next(
        (each for each in everything_due(request.scope, timezone.localdate()) if _is(each, subject_id, code)),
        None,
    )
    if item is None or item.kind == SAFETY:
        raise Http404
    if request.scope.only_reads(at=item.site_id, of=item.family_id):
        raise PermissionDenied
    if item.family_id:
        request.sight.listed.add(item.family_id)  # as in the list: its subject is named, no record is opened
    typed = Typed(request, kind="due-decision")
    form = DueDecisionForm(
        typed.data, colleagues=_colleagues(item), initial={"until": timezone.localdate() + timedelta(days=7)}
    )
    done = typed.submitted(
        form,
        make=lambda: decide_due_item(item=item, by=request.user, **form.cleaned_data),
        path_of=lambda decision: reverse("worklist"),
    )
    if done:
        messages.success(request, "Saved. It comes back by itself when it is due again.")
        return redirect(done)
    context = {"form": form, "item": shown(item, timezone.localdate()), "submission_token": typed.token}
    return render(request, "desk/due_decision.html", context)


def _is(item, subject_id, code):
    return item.subject_id == subject_id and item.code == code


def _colleagues(item):
    """Whoever reads families or triages at the item's site."""
    return User.objects.who_may("read_families", "triage_referrals", at=[item.site_id])
