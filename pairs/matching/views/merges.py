"""Merging two records of one person, what a merge did, and undoing it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.record_forms import FamilyFormPage
from pairs.matching import record_forms
from pairs.matching.actions.merging import find_later_merge
from pairs.matching.consequences import (
    describe_changes_since,
    describe_merge_consequences,
    describe_moved_rows,
    list_rows_made_since,
)
from pairs.matching.models import Merge
from pairs.matching.views.duplicates import PersonPairPage, get_comparison_path, get_duplicates_path
from pairs.submissions.form_page import Link
from pairs.web.jinja_environment import format_day


class MergePage(PersonPairPage):
    """Keep this record and merge another into it: what it would do is said before."""

    kind = "merge-people"
    template_name = "matching/merge_people.html"
    title = "Make these two records one?"
    button = "Merge the two records"
    danger = True
    message = "The two records are one now."

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The other record is out of sight since the first of two clicks."""
        if self.get_other_id() is None:
            return redirect(get_duplicates_path(self.record))
        try:
            self.other  # noqa: B018 - looked up before all else
        except Http404:
            return self.respond_without_record()
        return super().get(request, *args, **kwargs)

    post = get

    def get_consequences(self) -> Sequence[str]:
        return describe_merge_consequences(self.record, self.other)

    def get_back_link(self) -> Link:
        return Link(get_comparison_path(self.record, self.other), "Compare the two")

    def get_success_path(self, made: Merge) -> str:
        return get_merge_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"merged": self.other, "rows": self.build_comparison_rows()}


@policy.permission("register_people")
class MergeIntoInfantPage(record_forms.MergeInfants, MergePage):
    """Keep this baby's record and merge another into it."""


@policy.permission("register_people")
class MergeIntoCaregiverPage(record_forms.MergeCaregivers, MergePage):
    """Keep this carer's record and merge another into it."""


def get_merge_path(merge: Merge) -> str:
    return reverse("merge", args=[merge.pk])


@policy.permission("register_people")
def list_merges(request: ScopedRequest) -> HttpResponse:
    """What was merged in my scope, the newest first."""
    page = get_visible_page(request, Merge.objects.newest_first())
    return render(request, "matching/merges.html", {"page": page})


@policy.permission("register_people")
class UndoMergePage(record_forms.UndoMerge, FamilyFormPage):
    """One merge: what it moved, what has happened since, and undoing it."""

    kind = "unmerge"
    template_name = "matching/merge.html"
    message = "The merge is undone: there are two records again."

    def get_title(self) -> str:
        return f"{self.record.get_kind_display()} merged on {format_day(self.record.at)}"

    def get_back_link(self) -> Link:
        return Link(reverse("merges"), "Merged records")

    def get_success_path(self, made: Merge) -> str:
        return get_merge_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "merge": self.record,
            "moved": describe_moved_rows(self.record),
            "later": list_rows_made_since(self.record),
            "changed": describe_changes_since(self.record),
            "in_the_way": None if self.record.undone_at else find_later_merge(self.record),
        }
