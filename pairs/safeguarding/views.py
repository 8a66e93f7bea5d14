"""Pages of safeguarding: the family's page; statuses, children, concerns and cautions, added, changed and ended."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of, caution_words
from pairs.families.forms import EnteredInError
from pairs.families.models import Caution, RiskAlert
from pairs.families.opened import family_of
from pairs.safeguarding import actions, forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import called, people_of
from pairs.submissions.typed import Typed

# Whoever writes in records at the site, duty among them: nobody should have to find a colleague to record a worry.
MAY_WRITE = "register_people"


def page(request, template, family, typed=None, **context):
    """A record page of this room: the banner with its alerts, and the token of what is being typed."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "banner": banner_of(family, alerts=alerts),
        "back": safeguarding_page(family),
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"safeguarding/{template}.html", shared | context)


def submitted(request, typed, form, make, family, said):
    """The answer once the record is made: to the safeguarding page. None while this page is still to be shown."""
    path = typed.submitted(form, make=make, path_of=lambda made: path_after(made, family))
    if path is None:
        return None
    messages.success(request, said)
    return redirect(path)


def path_after(made, family):
    """A concern is read where it stands; everything else on the family's page."""
    concern = {SafeguardingConcern: "pk", ConcernStep: "concern_id"}.get(type(made))
    if concern and not made.is_entered_in_error:
        return reverse("safeguarding-concern", args=[getattr(made, concern)])
    return safeguarding_page(family)


def safeguarding_page(family):
    return reverse("safeguarding", args=[family.pk])


def owned(request, model, pk):
    """(the record, its family) for somebody who may write at its site."""
    record = fetch(request, model.objects.all(), pk=pk)
    return record, family_of(request, record.family_id, may=MAY_WRITE)


# ---------------------------------------------------------------- the family's page


@policy.permission("read_families", "govern_records")
def safeguarding(request, family_id):
    """How everybody stands, what was worried about, and what to know before going."""
    family = family_of(request, family_id)
    people = people_of(request, family)
    statuses = fetch_list(
        request, SafeguardingStatus.objects.filter(family=family).with_people().newest_first()
    )
    cautions = fetch_list(
        request, Caution.objects.filter(family=family).with_people().order_by("-since", "id")
    )
    concerns = SafeguardingConcern.objects.filter(family=family).with_people().with_waiting().newest_first()
    today = timezone.localdate()
    context = {
        "standing": _standing(people, statuses),
        "children": people.children,
        "concerns": [shown_concern(concern) for concern in fetch_list(request, concerns)],
        "cautions": [_shown(each) for each in cautions if not each.until or each.until >= today],
        "past_cautions": [_shown(each) for each in cautions if each.until and each.until < today],
        "may_write": request.scope.may(MAY_WRITE, at=family.site_id),
    }
    return page(request, "family", family, **context)


def _standing(people, statuses):
    """Each person who has or had a status, what holds before what has been; those with something now come first."""
    rows = [
        {
            "name": called(person),
            "current": [each for each in statuses if each.person == person and not each.until],
            "past": [each for each in statuses if each.person == person and each.until],
        }
        for person in people.everybody()
    ]
    said = [row for row in rows if row["current"] or row["past"]]
    return {
        "rows": sorted(said, key=lambda row: not row["current"]),
        "without": [row["name"] for row in rows if row not in said],
    }


def _shown(caution):
    return {"words": caution_words(caution), "caution": caution}


def shown_concern(concern):
    """A concern as a row: whom it is about, what was decided, and until when an answer is waited for."""
    waiting = concern.waits_until
    return {
        "concern": concern,
        "about": called(concern.person) if concern.person else "The whole family",
        "waiting": waiting,
        "state": "waiting" if waiting else "answered" if concern.has_outcome else "recorded",
    }


# ---------------------------------------------------------------- statuses


@policy.permission("write_records", MAY_WRITE)
def new_status(request, family_id):
    """Record how somebody stands with social care, a court or a MARAC."""
    family = family_of(request, family_id, may=MAY_WRITE)
    typed = Typed(request, kind="new-safeguarding-status")
    form = forms.NewStatus(typed.data, people=people_of(request, family), initial=_today())
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.record_status(family=family, by=request.user, **form.said()),
        family,
        "The status is recorded.",
    )
    return done or page(request, "new_status", family, typed, form=form)


def _today():
    return {"since": timezone.localdate(), "noticed_on": timezone.localdate(), "until": timezone.localdate()}


@policy.permission("write_records", MAY_WRITE)
def status(request, status_id):
    """Change what is known of a status that holds."""
    status, family = owned(request, SafeguardingStatus, status_id)
    typed = Typed(request, kind="safeguarding-status")
    form = forms.StatusDetails.of(status, typed.data)
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.change_status(status=status, by=request.user, **form.cleaned_data),
        family,
        "The status is changed. What it said before is kept in its history.",
    )
    return done or page(request, "status", family, typed, form=form, status=status)


@policy.permission("write_records", MAY_WRITE)
def end_status(request, status_id):
    """It stands no longer: the question before, with its last day."""
    status, family = owned(request, SafeguardingStatus, status_id)
    typed = Typed(request, kind="end-safeguarding-status")
    form = forms.EndOfStatus(typed.data, initial=_today())
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.end_status(status=status, by=request.user, **form.cleaned_data),
        family,
        "The status has ended. It stays in the history.",
    )
    return done or page(request, "end_status", family, typed, form=form, status=status)


# ---------------------------------------------------------------- other children


@policy.permission("write_records", MAY_WRITE)
def new_child(request, family_id):
    """List another child of the household."""
    family = family_of(request, family_id, may=MAY_WRITE)
    typed = Typed(request, kind="new-household-child")
    form = forms.ChildOfHousehold(typed.data)
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.list_child(family=family, by=request.user, **form.cleaned_data),
        family,
        "The child is listed.",
    )
    return done or page(request, "new_child", family, typed, form=form)


@policy.permission("write_records", MAY_WRITE)
def child(request, child_id):
    """Change what is known of another child of the household."""
    child, family = owned(request, HouseholdChild, child_id)
    typed = Typed(request, kind="household-child")
    form = forms.ChildOfHousehold(typed.data, initial=forms.ChildOfHousehold.initial_of(child))
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.change_child(child=child, by=request.user, **form.cleaned_data),
        family,
        "What is known of the child is changed.",
    )
    return done or page(request, "child", family, typed, form=form, child=child)


# ---------------------------------------------------------------- concerns


@policy.permission("write_records", MAY_WRITE)
def new_concern(request, family_id):
    """Record a worry about somebody's safety, and what was decided."""
    family = family_of(request, family_id, may=MAY_WRITE)
    typed = Typed(request, kind="new-safeguarding-concern")
    form = forms.NewConcern(typed.data, people=people_of(request, family), initial=_today())
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.record_concern(family=family, by=request.user, **form.said()),
        family,
        "The concern is recorded. The site’s supervisors have been told that it is there.",
    )
    return done or page(request, "new_concern", family, typed, form=form)


@policy.permission("read_families", "govern_records", POST=MAY_WRITE)
def concern(request, concern_id):
    """One concern with all that came after, and a way to add to it."""
    may = MAY_WRITE if request.method == "POST" else None
    concern = fetch(request, SafeguardingConcern.objects.with_steps().with_waiting(), pk=concern_id)
    family = family_of(request, concern.family_id, may=may)
    typed = Typed(request, kind="safeguarding-concern")
    form = forms.NewStep(typed.data)
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.add_concern_step(concern=concern, by=request.user, **form.said()),
        family,
        "It is added to the concern.",
    )
    may_write = request.scope.may(MAY_WRITE, at=family.site_id)
    context = shown_concern(concern) | {"form": form, "may_write": may_write}
    return done or page(request, "concern", family, typed, **context)


# ---------------------------------------------------------------- cautions


@policy.permission("write_records", MAY_WRITE)
def new_caution(request, family_id):
    """Say what to know before one books, writes or goes."""
    family = family_of(request, family_id, may=MAY_WRITE)
    typed = Typed(request, kind="new-caution")
    form = forms.NewCaution(typed.data, people=people_of(request, family), initial=_today())
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.record_caution(family=family, by=request.user, **form.said()),
        family,
        "The caution is recorded. It shows on every page of this record.",
    )
    return done or page(request, "new_caution", family, typed, form=form)


@policy.permission("write_records", MAY_WRITE)
def caution(request, caution_id):
    """Change what is known of a caution that holds."""
    caution, family = owned(request, Caution, caution_id)
    typed = Typed(request, kind="caution")
    form = forms.CautionDetails(typed.data, initial=forms.CautionDetails.initial_of(caution))
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.change_caution(caution=caution, by=request.user, **form.cleaned_data),
        family,
        "The caution is changed.",
    )
    return done or page(
        request, "caution", family, typed, form=form, words=caution_words(caution), caution=caution
    )


@policy.permission("write_records", MAY_WRITE)
def end_caution(request, caution_id):
    """It holds no longer: the question before, with its last day."""
    caution, family = owned(request, Caution, caution_id)
    typed = Typed(request, kind="end-caution")
    form = forms.EndOfCaution(typed.data, initial=_today())
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.end_caution(caution=caution, by=request.user, **form.cleaned_data),
        family,
        "The caution ends with that day.",
    )
    return done or page(request, "end_caution", family, typed, form=form, words=caution_words(caution))


# ---------------------------------------------------------------- entered in error


def in_error(request, model, pk, kind, what):
    """A record that should not be here: out of ordinary view, with the reason; governance is told."""
    typed = Typed(request, kind=kind)
    if typed.done():
        return redirect(typed.done())
    record, family = owned(request, model, pk)
    form = EnteredInError(typed.data)
    done = submitted(
        request,
        typed,
        form,
        lambda: actions.take_out_of_view(record=record, by=request.user, **form.cleaned_data),
        family,
        "It is out of view. Information governance has been told.",
    )
    return done or page(request, "in_error", family, typed, form=form, what=what, record=record)


@policy.permission("write_records", MAY_WRITE)
def status_in_error(request, status_id):
    """A status of the wrong person, or that never was."""
    return in_error(request, SafeguardingStatus, status_id, "status-in-error", "status")


@policy.permission("write_records", MAY_WRITE)
def child_in_error(request, child_id):
    """A child listed with the wrong family."""
    return in_error(request, HouseholdChild, child_id, "child-in-error", "child")


@policy.permission("write_records", MAY_WRITE)
def concern_in_error(request, concern_id):
    """A concern on the wrong record."""
    return in_error(request, SafeguardingConcern, concern_id, "concern-in-error", "concern")


@policy.permission("write_records", MAY_WRITE)
def caution_in_error(request, caution_id):
    """A caution on the wrong record."""
    return in_error(request, Caution, caution_id, "caution-in-error", "caution")
