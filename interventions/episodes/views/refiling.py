"""A contact that stands in the wrong record: taken out of view, and put where it belongs."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect

from interventions.episodes import actions
from interventions.episodes.forms import ExpectedPeople, People, WrongRecord, rows_of
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.views.shown import page, to_contact, to_episode
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import family_name
from pairs.families.models import Dyad, Family
from pairs.families.opened import family_of
from pairs.service.pages import short_day
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed

MOST_OFFERED = 200


@policy.permission("write_records")
def contact_in_error(request, contact_id):
    """A contact on the wrong record, or that never was: out of ordinary view, with the reason.

    Where it belongs to another episode, its people are chosen on the second showing of this page.
    """
    typed = Typed(request, kind="contact-in-error")
    if typed.done():
        return redirect(typed.done())
    contact = fetch(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    form = WrongRecord(typed.data, choices=offered(request, contact))
    to = _where_it_belongs(request, contact, form) if typed.posted else None
    if to is None:
        return _only_in_error(request, contact, family, typed, form)
    return _refiling(request, contact, family, typed, form, to)


def _only_in_error(request, contact, family, typed, form):
    reason = form.cleaned_data.get("reason", "") if typed.posted and form.is_valid() else ""
    done = typed.submitted(
        form,
        make=lambda: actions.mark_contact_in_error(contact=contact, reason=reason, by=request.user),
        path_of=lambda made: to_episode(made.episode),
    )
    if done:
        messages.success(request, "The contact is out of view. Information governance has been told.")
        return redirect(done)
    return page(request, "contact_in_error", family, typed, form=form, contact=contact, to=None)


def _refiling(request, contact, family, typed, form, to):
    right_family = family_of(request, to.family_id)
    people = People(right_family)
    chosen = request.POST.get("people_of") == str(to.pk) and contact.kind != "liaison"
    rows = ExpectedPeople(typed.data if chosen else None, initial=_usually(contact, people))
    ready = chosen or contact.kind == "liaison"
    done = ready and typed.submitted(
        form,
        *([rows] if chosen else []),
        make=lambda: refiled_from(contact, to, people, form, rows if chosen else None, request.user),
        path_of=to_contact,
    )
    if done:
        messages.success(request, "The contact stands in the right record now.")
        return redirect(done)
    context = {
        "to": to,
        "to_name": family_name(right_family),
        "rows": rows,
        "expected": rows_of(rows, people),
    }
    return page(request, "contact_in_error", family, typed, form=form, contact=contact, **context)


def refiled_from(contact, to, people, form, rows, by):
    """The contact where it belongs, as form and rows say; the page and the API both make it here."""
    return actions.refile_contact(
        contact=contact,
        to=to,
        participants=people.came(rows) if rows is not None else [],
        babies=people.babies(rows) if rows is not None else {},
        reason=form.cleaned_data["reason"],
        by=by,
    )


def _usually(contact, people):
    """Everybody of the right family; who came is taken from the contact only where they are the same people."""
    came = {each.infant_id or each.caregiver_id: each.attendance for each in contact.participants.all()}
    return [row | {"attendance": came.get(row["person"], row["attendance"])} for row in people.expected()]


def _where_it_belongs(request, contact, form):
    """The episode that was chosen or named; None when it belongs nowhere, or the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return episode_named(request, contact, **{name: form.cleaned_data[name] for name in NAMES})
    except Refused as refused:
        for name, said in refused.errors.items():
            form.add_error(name, said)
        return None


NAMES = ("belongs_to", "reference")


def episode_named(request, contact, *, belongs_to, reference):
    """The other episode in which this person may write, by its id or a reference spoken aloud; None: nowhere."""
    if belongs_to:
        return fetch(request, _writable(request), pk=belongs_to)
    if not reference:
        return None
    named = _writable(request).filter(_known_as(reference.strip())).exclude(pk=contact.episode_id)
    found = list(named.visible_to(request.scope).order_by("pk")[:2])
    if not found:
        raise Refused({"reference": "No other episode that you may write in has this reference."})
    if len(found) > 1:
        raise Refused({"reference": "There is more than one such episode. Give the referral's reference."})
    return fetch(request, _writable(request), pk=found[0].pk)


def _known_as(reference):
    """The referral's own reference, or that of a baby in focus."""
    in_focus = Dyad.objects.live().filter(episodes=OuterRef("pk"), infant__reference__iexact=reference)
    return Q(referral__reference__iexact=reference) | Exists(in_focus)


def _writable(request):
    """Episodes at sites where this person writes."""
    sites = request.scope.sites("write_records")
    return Episode.objects.select_related("family", "referral").filter(site__in=sites)


def offered(request, contact):
    """[(id, words)]: the family's other episodes, then the person's own open ones."""
    same = _writable(request).filter(family=contact.episode.family_id).exclude(pk=contact.episode_id)
    mine = _writable(request).filter(lead=request.user, ended_on=None)
    mine = mine.exclude(family=contact.episode.family_id)
    episodes = [
        *fetch_list(request, same.order_by("-opened_on")),
        *fetch_page(request, mine.order_by("-opened_on", "pk"), per_page=MOST_OFFERED).object_list,
    ]
    named = Family.objects.with_people().filter(pk__in=[each.family_id for each in episodes])
    families = {each.pk: each for each in fetch_list(request, named)}
    return [(str(each.pk), _words(each, families[each.family_id])) for each in episodes]


def _words(episode, family):
    return (
        f"{family_name(family)}, episode from {short_day(episode.opened_on)} ({episode.referral.reference})"
    )
