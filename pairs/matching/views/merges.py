"""Merging two records of one person, what a merge did, and undoing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Infant
from pairs.matching.actions import merge_people, unmerge
from pairs.matching.actions.merging import find_later_merge, get_record_kind
from pairs.matching.comparison import compare_facts
from pairs.matching.consequences import (
    describe_changes_since,
    describe_merge_consequences,
    describe_moved_rows,
    list_rows_made_since,
)
from pairs.matching.forms.duplicates import MERGE_FORMS, MergeForm, UndoMergeForm
from pairs.matching.models import Merge
from pairs.matching.views.duplicates import (
    build_comparison_rows,
    get_comparison_path,
    get_duplicates_path,
    get_other_and_family,
    get_other_id,
    get_registrable_family,
)
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission


@policy.permission("register_people")
def merge_into_infant(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """Keep this baby's record and merge another into it."""
    return _handle_merge(request, get_visible_or_404(request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
def merge_into_caregiver(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """Keep this carer's record and merge another into it."""
    return _handle_merge(request, get_visible_or_404(request, Caregiver.objects.all(), pk=caregiver_id))


def _handle_merge(request: ScopedRequest, kept: Any) -> HttpResponse:
    family, submission = get_registrable_family(request, kept), FormSubmission(request, kind="merge-people")
    if get_other_id(request) is None:
        return redirect(get_duplicates_path(kept))
    if submission.posted and (done := submission.get_existing_result_path()):
        return redirect(done)  # the other record is out of sight since the first of two clicks
    merged, their_family = get_other_and_family(request, kept)
    form = build_merge_form(kept, merged, submission.data)
    path = submission.save_once(
        form, make=lambda: merge_from_form(form, kept, merged, request.user), path_of=get_merge_path
    )
    if path:
        messages.success(request, "The two records are one now.")
        return redirect(path)
    context = {
        "kept": kept,
        "merged": merged,
        "rows": build_comparison_rows(request, (kept, family), (merged, their_family)),
        "form": form,
        "consequences": describe_merge_consequences(kept, merged),
        "back": get_comparison_path(kept, merged),
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    return render(request, "matching/merge_people.html", context)


def build_merge_form(kept: Caregiver | Infant, merged: Caregiver, data: QueryDict | None) -> MergeForm:
    """The form about these two: what differs is asked, the rest is not."""
    return MERGE_FORMS[get_record_kind(kept)](
        data,
        facts=compare_facts(kept, merged),
        two_families=kept.family_id != merged.family_id,
        initial={"other": merged.pk},
    )


def merge_from_form(form: MergeForm, kept: Caregiver | Infant, merged: Caregiver, by: User) -> Merge:
    """The merge that the form describes; the page and the API both make it here."""
    return merge_people(
        kept=kept,
        merged=merged,
        choices=form.get_choices(),
        reason=form.cleaned_data["reason"],
        families_too=form.cleaned_data.get("families_too", False),
        by=by,
    )


def get_merge_path(merge: Merge) -> str:
    return reverse("merge", args=[merge.pk])


@policy.permission("register_people")
def list_merges(request: ScopedRequest) -> HttpResponse:
    """What was merged in my scope, the newest first."""
    page = get_visible_page(request, Merge.objects.newest_first())
    return render(request, "matching/merges.html", {"page": page})


@policy.permission("register_people")
def show_merge(request: ScopedRequest, merge_id: UUID) -> HttpResponse:
    """One merge: what it moved, what has happened since, and undoing it."""
    merge = get_visible_or_404(request, Merge.objects.newest_first(), pk=merge_id)
    family = get_registrable_family(request, merge)
    submission = FormSubmission(request, kind="unmerge")
    form = UndoMergeForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: unmerge(merge=merge, by=request.user, reason=form.cleaned_data["reason"]),
        path_of=get_merge_path,
    )
    if path:
        messages.success(request, "The merge is undone: there are two records again.")
        return redirect(path)
    context = {
        "merge": merge,
        "moved": describe_moved_rows(merge),
        "later": list_rows_made_since(merge),
        "changed": describe_changes_since(merge),
        "in_the_way": None if merge.undone_at else find_later_merge(merge),
        "form": form,
        "banner": build_banner(family),
        "submission_token": submission.token,
    }
    return render(request, "matching/merge.html", context)
