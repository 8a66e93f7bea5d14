"""A pregnancy, its births, and one baby's page: what is recorded of them, put right, and what stood before."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.actions import add_baby, change_infant, record_pregnancy, register_births
from pairs.families.banner import banner_of, called, family_page
from pairs.families.forms import BirthFormSet, Births, InfantDetails, NewPregnancy
from pairs.families.history import changes_of
from pairs.families.life_rules import NUMBER_STATUSES
from pairs.families.models import Infant
from pairs.families.opened import family_of
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed, show_refusal


def infant_page(infant):
    """The address of one baby's page."""
    return reverse("infant", args=[infant.pk])


@policy.permission("read_families", "govern_records")
def infant(request, infant_id):
    """One baby: what is recorded, what changed and when, and what can be recorded next."""
    infant = fetch(request, Infant.objects.select_related("family__site", "carried_by"), pk=infant_id)
    family = family_of(request, infant.family_id)
    site = infant.family.site_id
    context = {
        "infant": infant,
        "name": called(infant, start=True),
        "together": [each for each in _together(request, infant) if each.pk != infant.pk],
        "number_status": dict(NUMBER_STATUSES).get(infant.nhs_number_status, ""),
        "changes": changes_of(infant),
        "undone": infant.undone_losses.live().select_related("undone_by"),
        "banner": banner_of(family),
        "family": family,
        "may_register": request.scope.may("register_people", at=site),
        "may_govern": request.scope.may("govern_records", at=site),
    }
    return render(request, "families/infant.html", context)


def _together(request, infant):
    return fetch_list(request, Infant.objects.carried_with(infant))


@policy.permission("register_people")
def birth(request, infant_id):
    """The babies are born: the same records, each now with a date of birth; one form for all of a pregnancy."""
    infant = fetch(request, Infant.objects.active(), pk=infant_id)
    family = family_of(request, infant.family_id, may="register_people")
    waiting = fetch_list(request, Infant.objects.carried_with(infant).unborn())
    typed = Typed(request, kind="birth")
    data, more = _with_one_more(request, typed)
    form, rows = Births(data), BirthFormSet(data, initial=[_known_of(each) for each in waiting])
    if not more and typed.ready(form, rows):
        try:
            path = typed.submit(
                make=lambda: births_from(infant, form, rows, request.user),
                path_of=lambda born: family_page(family),
            )
            messages.success(request, "The birth is registered." if len(waiting) < 2 else "It is registered.")
            return redirect(path)
        except Refused as refused:
            show_refusal(form, Refused(rows.show(refused)))
    context = {"form": form, "rows": rows, "infant": infant, "waiting": waiting, "banner": banner_of(family)}
    context |= {"family": family, "submission_token": typed.token, "titles": _titles(rows, waiting)}
    return render(request, "families/birth.html", context)


def births_from(infant, form, rows, by):
    """What form and rows say; the page and the API both record it here."""
    return register_births(infant=infant, babies=rows.babies(form.cleaned_data["birth_date"]), by=by)


def _known_of(infant):
    names = ("given_name", "family_name", "sex")
    return {"infant": infant.pk} | {name: getattr(infant, name) for name in names}


def _with_one_more(request, typed):
    """(what was typed, whether an empty row was asked for): how a page without scripts adds a baby."""
    if "another" not in request.POST:
        return typed.data, False
    total = f"{BirthFormSet.get_default_prefix()}-TOTAL_FORMS"
    data, given = request.POST.copy(), request.POST.get(total, "")
    count = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 1
    data[total] = str(min(count + 1, BirthFormSet.max_num))
    return data, True


def _titles(rows, waiting):
    """What to call each row: the baby's name so far, or which of the twins; one more has neither."""
    known = {str(each.pk): called(each, start=True) for each in waiting}
    return [known.get(str(row["infant"].value() or ""), "One more baby") for row in rows.forms]


@policy.permission("register_people")
def another_baby(request, infant_id):
    """One more baby in the pregnancy than was known."""
    infant = fetch(request, Infant.objects.all(), pk=infant_id)
    family = family_of(request, infant.family_id, may="register_people")
    typed = Typed(request, kind="another-baby")
    refusal = ""
    if typed.posted:
        try:
            path = typed.submit(make=lambda: add_baby(infant=infant, by=request.user), path_of=infant_page)
            messages.success(request, "The baby has a record of their own.")
            return redirect(path)
        except Refused as refused:
            refusal = str(refused)
    context = {"infant": infant, "name": called(infant), "refusal": refusal, "submission_token": typed.token}
    return render(request, "families/another_baby.html", context | {"banner": banner_of(family)})


@policy.permission("register_people")
def infant_details(request, infant_id):
    """Put right what is recorded of a baby; what stood before is kept."""
    infant = fetch(request, Infant.objects.all(), pk=infant_id)
    family = family_of(request, infant.family_id, may="register_people")
    typed = Typed(request, kind="infant-details")
    form = InfantDetails(typed.data, infant=infant)
    path = typed.submitted(
        form,
        make=lambda: change_infant(infant=infant, by=request.user, **form.changes()),
        path_of=infant_page,
    )
    if path:
        messages.success(request, "The details are saved.")
        return redirect(path)
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    context |= {"name": called(infant)}
    return render(request, "families/infant_details.html", context)


@policy.permission("register_people")
def new_pregnancy(request, family_id):
    """A pregnancy in a family we hold already."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="new-pregnancy")
    form = NewPregnancy(typed.data, family=family)
    path = typed.submitted(
        form,
        make=lambda: record_pregnancy(family=family, by=request.user, **form.cleaned_data),
        path_of=infant_page,
    )
    if path:
        messages.success(request, "The pregnancy is recorded.")
        return redirect(path)
    context = {"form": form, "family": family, "banner": banner_of(family), "submission_token": typed.token}
    return render(request, "families/new_pregnancy.html", context)
