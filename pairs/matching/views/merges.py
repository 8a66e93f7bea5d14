"""Merging two records of one person, what a merge did, and undoing it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

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
    describe_returned_rows,
    list_rows_made_since,
    list_strays,
)
from pairs.matching.models import Merge
from pairs.matching.views.duplicates import PersonPairPage, get_comparison_path, get_duplicates_path
from pairs.submissions.form_page import Link, PageOf
from pairs.web.formats import format_day


class MergePage(PersonPairPage):
    """Keep this record and merge another into it: what it would do is said before."""

    kind = "merge-people"
    template_name = "matching/merge_people.html"
    title = "Merge these two records?"
    button = "Merge the two records"
    danger = True
    message = "Records merged."
    leads_to = PageOf("merge", "made")

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

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"merged": self.other, "rows": self.build_comparison_rows()}


@policy.permission("register_people")
class MergeIntoInfantPage(record_forms.MergeInfants, MergePage):
    """Keep this baby's record and merge another into it."""


@policy.permission("register_people")
class MergeIntoCaregiverPage(record_forms.MergeCaregivers, MergePage):
    """Keep this carer's record and merge another into it."""


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
    message = "Merge undone. There are two records again."
    back = PageOf("merges", text="Merged records")
    leads_to = PageOf("merge", "made")

    def get_title(self) -> str:
        return f"{self.record.get_kind_display()} merged on {format_day(self.record.at)}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "merge": self.record,
            "moved": describe_moved_rows(self.record),
            "later": list_rows_made_since(self.record),
            "changed": describe_changes_since(self.record),
            "returned": describe_returned_rows(self.record),
            "strays": list_strays(self.record),
            "in_the_way": None if self.record.undone_at else find_later_merge(self.record),
        }


@policy.permission("register_people")
class LookThroughMergePage(record_forms.LookThroughMerge, FamilyFormPage):
    """Somebody has looked through what was written while the two records were one."""

    title = "Have you checked what was recorded in between?"
    consequences = ("Reminders about it will stop.",)
    button = "Yes, I have checked it"
    message = "Marked as checked."
    back = PageOf("merge", "record", "The merge")

    def get_obstacle(self) -> str:
        waits = self.record.undone_at and not self.record.looked_through_at
        return "" if waits else "There is nothing to check here."
