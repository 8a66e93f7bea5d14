"""Pages of asking the hub: a family's asks, a new one, what the hub is asked, and each step an ask may take."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.alongside import actions
from interventions.alongside.forms import NewAsk, TakeAsk, Words
from interventions.alongside.models import AskStep, HubAsk
from interventions.alongside.rules import ASKED, TAKEN, USUAL_ACCESS
from interventions.alongside.views.peers import held_here
from interventions.alongside.views.shown import after, page
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of
from pairs.families.models import Family
from pairs.families.opened import family_of
from pairs.service.models import Site
from pairs.submissions.typed import Typed

HUB = "asked_of"


def to_ask(ask):
    return reverse("ask", args=[ask.pk])


@policy.permission("write_records")
def hub_asks(request):
    """What the hub is asked, for whoever works there; and what was asked about the families in one's care."""
    asked_of_us = fetch_list(request, HubAsk.objects.waiting_first(), within=HUB)
    by_us = fetch_page(request, HubAsk.objects.waiting_first(), per_page=30)
    context = {
        "asked_of_us": asked_of_us,
        "is_hub": request.scope.may("write_records", at=Site.objects.hub().pk),
        "page": by_us,
        "on": timezone.localdate(),
    }
    return render(request, "alongside/hub_asks.html", context)


@policy.permission("read_families", "govern_records")
def family_asks(request, family_id):
    """What the hub was asked about this family, and what it answered."""
    family = family_of(request, family_id)
    asks = fetch_page(request, HubAsk.objects.filter(family=family).waiting_first(), per_page=20)
    may_ask = request.scope.may("write_records", at=family.site_id)
    return page(request, "family_asks", family, asks=asks, may_ask=may_ask, steps=steps_of(request, asks))


def steps_of(request, asks):
    """{ask's id: its steps} of those on the page."""
    found = {ask.pk: [] for ask in asks}
    for step in fetch_list(request, AskStep.objects.filter(ask__in=list(found)).select_related("by")):
        found[step.ask_id].append(step)
    return found


@policy.permission("write_records")
def new_ask(request, family_id):
    """Ask the hub to think with us or to work with us: in words without a name."""
    family = held_here(request, family_id)
    typed = Typed(request, kind="new-ask")
    form = NewAsk(typed.data, family=family)
    done = typed.submitted(
        form,
        make=lambda: actions.ask_hub(family=family, by=request.user, **form.cleaned_data),
        path_of=to_ask,
    )
    if done:
        return after(request, done, "The hub has been asked. You are told when somebody takes it on.")
    return page(request, "new_ask", family, typed, form=form)


def ask_seen(request, ask_id):
    """(the ask, its family): with the family for whoever reads it, else the hub's view of the question alone."""
    rows = HubAsk.objects.with_people()
    try:
        ask = fetch(request, rows, pk=ask_id)
    except Http404:
        return fetch(request, rows, pk=ask_id, within=HUB), None
    return ask, fetch(request, Family.objects.with_people().select_related("site"), pk=ask.family_id)


@policy.permission("read_families", "govern_records")
def ask(request, ask_id):
    """One ask: what is wanted, what became of it, and what one may do now."""
    ask, family = ask_seen(request, ask_id)
    context = {
        "ask": ask,
        "family": family,
        "banner": banner_of(family) if family else None,
        "steps": steps_of(request, [ask])[ask.pk] if family else [],
        "may": may_do(request, ask),
        "on": timezone.localdate(),
    }
    return render(request, "alongside/ask.html", context)


def may_do(request, ask):
    """The names of what this person may do with the ask now."""
    scope = request.scope
    ours = scope.may("write_records", at=ask.family.site_id) and ask.closed_at is None
    hubs = scope.may("write_records", at=ask.to_site_id)
    names = ["end", "prolong"] if ours and ask.status == TAKEN else ["end"] if ours else []
    if hubs and ask.status == ASKED and not ask.family.restricted:
        names += ["take", "decline"] if ask.asked_by_id != request.user.pk else ["decline"]
    if ask.status == TAKEN and ask.taken_by_id == request.user.pk:
        names.append("answer")
    return names


def of_hub(request, ask_id):
    """An open ask that this person of the hub may act on."""
    return fetch(request, HubAsk.objects.with_people(), within=HUB, pk=ask_id)


def ours(request, ask_id):
    """An ask, for somebody who writes in records where the family is held."""
    return fetch(request, HubAsk.objects.with_people(), pk=ask_id, may="write_records", by_grant=False)


@policy.permission("write_records")
def take_ask(request, ask_id):
    """Take it on: from now on the record is open to this colleague, until a day they name."""
    typed = Typed(request, kind="take-ask")
    if typed.done():
        return redirect(typed.done())
    ask, on = of_hub(request, ask_id), timezone.localdate()
    form = TakeAsk(typed.data, initial={"until": on + USUAL_ACCESS[ask.wants]})
    done = typed.submitted(
        form,
        make=lambda: actions.take_ask(ask=ask, by=request.user, **form.cleaned_data),
        path_of=lambda taken: reverse("family", args=[taken.family_id]),
    )
    if done:
        return after(request, done, "You have taken this on. Every page you open is logged with its reason.")
    return question(request, "take_ask", ask, typed, form=form)


def question(request, template, ask, typed, **asked):
    """A page that asks one thing about an ask: with the family's banner for whoever reads its record."""
    families = Family.objects.with_people().visible_to(request.scope)
    family = families.filter(pk=ask.family_id).first()
    banner = banner_of(family) if family else None
    context = {"ask": ask, "submission_token": typed.token, "banner": banner}
    return render(request, f"alongside/{template}.html", context | asked)


@policy.permission("write_records")
def decline_ask(request, ask_id):
    """Not now, and why."""
    said = "Whoever asked has been told."
    return _closed(request, of_hub, ask_id, "decline_ask", actions.decline_ask, said)


@policy.permission("write_records")
def answer_ask(request, ask_id):
    """What was thought, or what came of working together; access ends with it."""
    said = "The answer is in the family's record. Your access has ended."
    return _closed(request, of_hub, ask_id, "answer_ask", actions.answer_ask, said)


@policy.permission("write_records")
def end_ask(request, ask_id):
    """Not needed any more: the hub's access ends now."""
    said = "This has ended. The hub no longer reaches the record through it."
    return _closed(request, ours, ask_id, "end_ask", actions.end_ask, said)


# How an ask is closed: the question, its button, and what follows.
CLOSING = {
    "decline_ask": ("Decline this?", "Decline", ["whoever asked is told, and reads your reason"]),
    "answer_ask": (
        "Your answer",
        "Save the answer",
        ["it is kept in the family’s record, and whoever asked is told", "your access to the record ends"],
    ),
    "end_ask": (
        "Is this no longer needed?",
        "End it",
        [
            "if somebody at the hub has access through it, that ends now",
            "what was written in the record stays",
        ],
    ),
}


def _closed(request, found, ask_id, step, act, said):
    """The three ways in which an ask is closed, each with its words."""
    typed = Typed(request, kind=step)
    if typed.done():
        return redirect(typed.done())
    ask = found(request, ask_id)
    form = Words(typed.data)
    done = typed.submitted(
        form,
        make=lambda: act(ask=ask, by=request.user, **form.cleaned_data),
        path_of=lambda closed: reverse("hub-asks"),
    )
    if done:
        return after(request, done, said)
    title, button, consequences = CLOSING[step]
    asked = {"question": title, "button": button, "consequences": consequences}
    return question(request, "close_ask", ask, typed, form=form, **asked, danger=step != "answer_ask")


@policy.permission("write_records")
def prolong_ask(request, ask_id):
    """A new last day for the hub's access."""
    ask, on = ours(request, ask_id), timezone.localdate()
    typed = Typed(request, kind="prolong-ask")
    form = TakeAsk(typed.data, initial={"until": on + USUAL_ACCESS[ask.wants]})
    done = typed.submitted(
        form,
        make=lambda: actions.prolong_ask(ask=ask, by=request.user, **form.cleaned_data),
        path_of=to_ask,
    )
    if done:
        return after(request, done, "The last day is saved.")
    return question(request, "prolong_ask", ask, typed, form=form)
