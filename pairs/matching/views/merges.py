"""Merging two records of one person, what a merge did, and undoing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.banner import banner_of
from pairs.families.models import Caregiver, Infant
from pairs.matching.actions import merge_people, unmerge
from pairs.matching.actions.merging import kind_of, later_merge
from pairs.matching.comparing import facts_of
from pairs.matching.consequences import changed_since, made_since, moved_by, of_merging
from pairs.matching.forms.duplicates import MERGING, Undoing
from pairs.matching.models import Merge
from pairs.matching.views.duplicates import (
    compare_page,
    duplicates_page,
    family_of,
    other_named,
    side_by_side,
    the_other,
)
from pairs.submissions.typed import Typed


@policy.permission("register_people")
def merge_infant(request, infant_id):
    """Keep this baby's record and merge another into it."""
    return _merge_into(request, fetch(request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
def merge_caregiver(request, caregiver_id):
    """Keep this carer's record and merge another into it."""
    return _merge_into(request, fetch(request, Caregiver.objects.all(), pk=caregiver_id))


def _merge_into(request, kept):
    family, typed = family_of(request, kept), Typed(request, kind="merge-people")
    if other_named(request) is None:
        return redirect(duplicates_page(kept))
    if typed.posted and (done := typed.done()):
        return redirect(done)  # the other record is out of sight since the first of two clicks
    merged, their_family = the_other(request, kept)
    form = form_for(kept, merged, typed.data)
    path = typed.submitted(
        form, make=lambda: merge_from(form, kept, merged, request.user), path_of=merge_page
    )
    if path:
        messages.success(request, "The two records are one now.")
        return redirect(path)
    context = {
        "kept": kept,
        "merged": merged,
        "rows": side_by_side(request, (kept, family), (merged, their_family)),
        "form": form,
        "consequences": of_merging(kept, merged),
        "back": compare_page(kept, merged),
        "banner": banner_of(family),
        "submission_token": typed.token,
    }
    return render(request, "matching/merge_people.html", context)


def form_for(kept, merged, data):
    """The form about these two: what differs is asked, the rest is not."""
    return MERGING[kind_of(kept)](
        data,
        facts=facts_of(kept, merged),
        two_families=kept.family_id != merged.family_id,
        initial={"other": merged.pk},
    )


def merge_from(form, kept, merged, by):
    """The merge that the form describes; the page and the API both make it here."""
    return merge_people(
        kept=kept,
        merged=merged,
        choices=form.choices(),
        reason=form.cleaned_data["reason"],
        families_too=form.cleaned_data.get("families_too", False),
        by=by,
    )


def merge_page(merge):
    return reverse("merge", args=[merge.pk])


@policy.permission("register_people")
def merges(request):
    """What was merged in my scope, the newest first."""
    page = fetch_page(request, Merge.objects.newest_first())
    return render(request, "matching/merges.html", {"page": page})


@policy.permission("register_people")
def merge(request, merge_id):
    """One merge: what it moved, what has happened since, and undoing it."""
    merge = fetch(request, Merge.objects.newest_first(), pk=merge_id)
    family = family_of(request, merge)
    typed = Typed(request, kind="unmerge")
    form = Undoing(typed.data)
    path = typed.submitted(
        form,
        make=lambda: unmerge(merge=merge, by=request.user, reason=form.cleaned_data["reason"]),
        path_of=merge_page,
    )
    if path:
        messages.success(request, "The merge is undone: there are two records again.")
        return redirect(path)
    context = {
        "merge": merge,
        "moved": moved_by(merge),
        "later": made_since(merge),
        "changed": changed_since(merge),
        "in_the_way": None if merge.undone_at else later_merge(merge),
        "form": form,
        "banner": banner_of(family),
        "submission_token": typed.token,
    }
    return render(request, "matching/merge.html", context)
