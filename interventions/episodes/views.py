"""Pages of the work: opening and ending an episode, writing a contact, amending it, setting a goal."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.catalogue import OFFERED_FIRST
from interventions.episodes.forms import (
    Amendment,
    Ending,
    ExpectedPeople,
    NewContact,
    NewGoal,
    Notes,
    OpenEpisode,
    People,
    PlanAgreement,
    Warned,
    ask_about_the_missed,
    called,
    rows_of,
)
from interventions.episodes.models import CareContact, Episode, Goal, Intervention, NotePart
from interventions.episodes.rules import usual_start
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of, caution_words, family_name
from pairs.families.forms import EnteredInError
from pairs.families.models import RiskAlert
from pairs.families.opened import family_of
from pairs.families.shown import limits_of
from pairs.submissions.typed import Typed
from pairs.village.panel import sharing_panel
from referrals.models import Referral


def page(request, template, family, typed, **context):
    """A record page of this room: the banner with its alerts, and the token of what is being typed."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts),
        "typed": typed,
        "submission_token": typed.token,
    }
    return render(request, f"episodes/{template}.html", shared | context)


def to_episode(episode):
    return reverse("episode", args=[episode.pk])


def to_contact(contact):
    return reverse("care-contact", args=[contact.pk])


@policy.permission("write_records")
def open_episode(request, referral_id):
    """Begin the work an accepted referral asked for, with what is known filled in."""
    referral = fetch(
        request, Referral.objects.exclude(family=None), may="write_records", pk=referral_id, status="accepted"
    )
    family = family_of(request, referral.family_id)
    typed = Typed(request, kind="open-episode")
    usual = _usual_opening(request, referral, family)
    form = OpenEpisode(typed.data, family=family, patient=referral.patient_id, initial=usual)
    done = typed.submitted(
        form,
        make=lambda: actions.open_episode(referral=referral, by=request.user, **form.cleaned_data),
        path_of=to_episode,
    )
    if done:
        messages.success(request, "The episode is open.")
        return redirect(done)
    return page(request, "open_episode", family, typed, form=form, referral=referral)


def _usual_opening(request, referral, family):
    dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
    main = [dyad.pk for dyad in dyads if dyad.main_carer] or [dyad.pk for dyad in dyads]
    return {
        "lead": request.user.pk,
        "opened_on": timezone.localdate(),
        "focus": [] if referral.patient_id else main,
        "interventions": [OFFERED_FIRST],
        "thrive": referral.thrive,
    }


@policy.permission("write_records")
def new_contact(request, episode_id):
    """Write up a contact on one page, with everything that can be known filled in."""
    episode = fetch(request, Episode.objects.select_related("family"), may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    people, typed = People(family), Typed(request, kind="new-contact")
    form = NewContact(typed.data, initial=_usual_contact(request, episode))
    form.offering(people, Intervention.objects.offered())
    rows = ExpectedPeople(typed.data, initial=people.expected())
    apart = _apart(typed, people, rows)
    done = (
        None
        if apart
        else typed.submitted(
            form,
            rows,
            make=lambda: contact_from(episode, people, form, rows, request.user),
            path_of=to_contact,
        )
    )
    if done:
        messages.success(request, "The contact is saved.")
        return redirect(done)
    in_use = set(Intervention.objects.under_way(episode).values_list("code", flat=True))
    context = {"form": form, "rows": rows, "expected": rows_of(rows, people), "episode": episode}
    context["reaching"] = [(called(carer), limits_of(carer)) for carer in people.caregivers]
    context |= {"apart": [caution_words(each) for each in apart], "warned": Warned.of(apart)}
    sharing = sharing_panel(request, family, timezone.localdate())
    return page(request, "new_contact", family, typed, in_use=in_use, sharing=sharing, **context)


def _apart(typed, people, rows):
    """What keeps two of those who came apart, as long as this page has not said so: a warning, never a ban."""
    warned = Warned(typed.data if typed.posted else {})
    if not typed.posted or not (rows.is_valid() and warned.is_valid()):
        return []
    return people.together(rows) if warned.still_to_warn(people.together(rows)) else []


def contact_from(episode, people, form, rows, by):
    """The contact that form and rows describe; the page and the API both make it here."""
    ask_about_the_missed(form, rows)
    names = ("minutes", "mechanism", "location", "interventions", "sign")
    return actions.record_care_contact(
        episode=episode,
        starts_at=form.starts_at(),
        participants=people.came(rows),
        notes=form.notes(),
        subjects=form.subjects(people),
        by=by,
        **{name: form.cleaned_data[name] for name in names},
    )


def _usual_contact(request, episode):
    """An hour ago, as last time; the first time face to face at home."""
    start = timezone.localtime(usual_start(timezone.now()))
    usual = {"held_on": start.date(), "held_at": start.time(), "minutes": 60}
    last = next(iter(_newest(request, episode)), None)
    if last:
        codes = [each.code for each in last.interventions.all()]
        return usual | {"mechanism": last.mechanism, "location": last.location, "interventions": codes}
    codes = list(Intervention.objects.under_way(episode).values_list("code", flat=True))
    return usual | {"mechanism": "01", "location": "A01", "interventions": codes}


def _newest(request, episode):
    contacts = CareContact.objects.visible_to(request.scope).filter(episode=episode).newest_first()
    return contacts.prefetch_related("interventions")[:1]


@policy.permission("read_families", "govern_records", POST="write_records")
def care_contact(request, contact_id):
    """One contact with its note and amendments; until it is signed, its author goes on writing here."""
    may = "write_records" if request.method == "POST" else None
    contact = fetch(request, CareContact.objects.with_all(), may=may, pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    typed = Typed(request, kind="care-contact")
    form = Notes(typed.data, initial={note.part: note.text for note in contact.notes.all()})
    done = typed.submitted(form, make=lambda: _go_on_writing(contact, form, request.user), path_of=to_contact)
    if done:
        messages.success(request, "The note is saved.")
        return redirect(done)
    context = {
        "contact": contact,
        "notes": _with_amendments(contact),
        "form": form,
        "may_write": request.scope.may("write_records", at=contact.site_id),
        "mine": contact.practitioner_id == request.user.pk,
        "sharing": None if contact.signed_at else sharing_panel(request, family, timezone.localdate()),
    }
    return page(request, "care_contact", family, typed, **context)


def _go_on_writing(contact, form, by):
    written = actions.rewrite_notes(contact=contact, notes=form.notes(), by=by)
    return actions.sign_contact(contact=written, by=by) if form.cleaned_data["sign"] else written


def _with_amendments(contact):
    """The newest text of each part, each with the older ones behind it."""
    notes = [note for note in contact.notes.all() if note.text]
    older = {note.pk: note for note in notes}
    amended = {note.amends_id for note in notes if note.amends_id}
    return [(note, _before(note, older)) for note in notes if note.pk not in amended]


def _before(note, older):
    chain = []
    while note.amends_id and note.amends_id in older:
        note = older[note.amends_id]
        chain.append(note)
    return chain


@policy.permission("write_records")
def amend_note(request, note_id):
    """New words beside the signed ones, with the reason."""
    note = fetch(
        request, NotePart.objects.select_related("care_contact__episode"), may="write_records", pk=note_id
    )
    family = family_of(request, note.care_contact.episode.family_id)
    typed = Typed(request, kind="amend-note")
    form = Amendment(typed.data, initial={"text": note.text})
    done = typed.submitted(
        form,
        make=lambda: actions.amend_note(part=note, by=request.user, **form.cleaned_data),
        path_of=lambda made: to_contact(made.care_contact),
    )
    if done:
        messages.success(request, "The note is amended. Both texts are kept.")
        return redirect(done)
    sharing = sharing_panel(request, family, timezone.localdate())
    return page(request, "amend_note", family, typed, form=form, note=note, sharing=sharing)


@policy.permission("write_records")
def contact_in_error(request, contact_id):
    """A contact on the wrong record, or that never was: out of ordinary view, with the reason."""
    typed = Typed(request, kind="contact-in-error")
    if typed.done():
        return redirect(typed.done())
    contact = fetch(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    form = EnteredInError(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.mark_contact_in_error(contact=contact, by=request.user, **form.cleaned_data),
        path_of=lambda made: to_episode(made.episode),
    )
    if done:
        messages.success(request, "The contact is out of view. Information governance has been told.")
        return redirect(done)
    return page(request, "contact_in_error", family, typed, form=form, contact=contact)


@policy.permission("write_records")
def new_goal(request, episode_id):
    """What the family hopes for, in their words."""
    episode = fetch(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="new-goal")
    form = NewGoal(typed.data, family=family)
    done = typed.submitted(
        form,
        make=lambda: actions.set_goal(episode=episode, by=request.user, **form.cleaned_data),
        path_of=lambda goal: to_episode(episode),
    )
    if done:
        messages.success(request, "The goal is set.")
        return redirect(done)
    return page(request, "new_goal", family, typed, form=form, episode=episode)


@policy.permission("write_records")
def plan_agreement(request, episode_id):
    """The day on which the family agreed the plan: from then on help has begun."""
    episode = fetch(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="plan-agreement")
    usual = {"agreed_on": episode.plan_agreed_on or timezone.localdate()}
    form = PlanAgreement(typed.data, initial=usual)
    done = typed.submitted(
        form,
        make=lambda: actions.agree_plan(episode=episode, by=request.user, **form.cleaned_data),
        path_of=to_episode,
    )
    if done:
        messages.success(request, "The day of the plan is saved.")
        return redirect(done)
    goals = fetch_list(request, Goal.objects.filter(episode=episode))
    return page(request, "plan_agreement", family, typed, form=form, episode=episode, goals=goals)


@policy.permission("write_records")
def end_episode(request, episode_id):
    """A good ending: what will happen, why, what has changed, who holds them next."""
    episode = fetch(request, Episode.objects.select_related("site"), may="write_records", pk=episode_id)
    if episode.ended_on and request.method == "GET":
        return redirect(to_episode(episode))
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="end-episode")
    form = Ending(typed.data, initial={"ended_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.end_episode(episode=episode, by=request.user, **form.cleaned_data),
        path_of=to_episode,
    )
    if done:
        messages.success(request, "The episode has ended.")
        return redirect(done)
    unsigned = CareContact.objects.visible_to(request.scope).filter(episode=episode, signed_at=None).count()
    return page(request, "end_episode", family, typed, form=form, episode=episode, unsigned=unsigned)
