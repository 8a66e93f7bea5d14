"""Pages for those who read a note: countersigning, the star for supervision, the copy as plain text."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect, render

from interventions.episodes import actions
from interventions.episodes.forms import Countersigning, Starring
from interventions.episodes.models import CareContact, NotePart
from interventions.episodes.plain import plain_text
from interventions.episodes.views.shown import page, to_contact, with_amendments
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.banner import family_name
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


@policy.permission("write_records")
def to_countersign(request):
    """Trainees' notes that wait for this person: of episodes they lead, or at a site where they supervise."""
    waiting = waiting_for(request.user.pk, request.scope.sites("supervise"))
    found = fetch_page(request, waiting.with_people())
    return render(request, "episodes/to_countersign.html", {"page": found})


def waiting_for(reader, sites):
    """The notes that this person, who supervises at these sites, may countersign, the oldest first. All by id."""
    mine = Q(episode__lead=reader) | Q(episode__site__in=sites)
    own_words = NotePart.objects.live().filter(care_contact=OuterRef("pk"), written_by=reader)
    rows = CareContact.objects.to_countersign().filter(mine, ~Exists(own_words))
    rows = rows.exclude(practitioner=reader)
    return rows.order_by("starts_at", "id")


@policy.permission("write_records")
def countersigning(request, contact_id):
    """Read a trainee's note, and countersign it or ask for an amendment first."""
    contact = fetch(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    typed = Typed(request, kind="countersigning")
    form = Countersigning(typed.data)
    done = typed.submitted(
        form, make=lambda: countersigned(contact, form, request.user), path_of=_to_its_contact
    )
    if done:
        messages.success(request, _said(form.cleaned_data["outcome"]))
        return redirect(done)
    context = {
        "contact": contact,
        "notes": with_amendments(contact),
        "form": form,
        "steps": contact.countersign_steps.select_related("by"),
        "why_not": actions.why_not_countersigned_by(contact, request.user),
    }
    return page(request, "countersigning", family, typed, **context)


def countersigned(contact, form, by):
    """What the form says of the note; the page and the API both do it here."""
    if form.cleaned_data["outcome"] == "done":
        return actions.countersign(contact=contact, by=by)
    return actions.ask_for_amendment(contact=contact, reason=form.cleaned_data["reason"], by=by)


def _to_its_contact(step):
    return to_contact(step.care_contact)


def _said(outcome):
    return "The note is countersigned." if outcome == "done" else "Its author is asked to amend it."


@policy.permission("write_records")
def star(request, contact_id):
    """Star a contact for supervision, or take the star off again; a button of the contact's own page."""
    contact = fetch(request, CareContact.objects.all(), may="write_records", pk=contact_id)
    if request.method == "POST":
        form = Starring(request.POST)
        if form.is_valid() and form.cleaned_data["star"]:
            actions.star_contact(contact=contact, by=request.user)
            messages.success(request, "It is starred for supervision.")
        elif form.is_valid():
            actions.take_off_star(contact=contact, by=request.user)
            messages.success(request, "The star is off.")
    return redirect(to_contact(contact))


@policy.permission("read_families", "govern_records")
def contact_as_text(request, contact_id):
    """A signed note as plain text, to be copied; this too is a reading, and is logged as one."""
    signed = CareContact.objects.filter(signed_at__isnull=False)
    contact = fetch(request, signed.with_all(), pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    text = plain_text(contact, name=family_name(family), notes=with_amendments(contact))
    context = {"contact": contact, "text": text, "lines": min(40, text.count("\n") + 2)}
    return page(request, "contact_as_text", family, Typed(request, kind="contact-as-text"), **context)
