"""What each form about two records is about and does, for pages and API alike: told apart, merged, undone."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404

from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Caregiver, Family, Infant
from pairs.families.record_forms import FamilyRecordLookup
from pairs.matching.actions import mark_looked_through, merge_people, tell_apart, unmerge
from pairs.matching.comparison import compare_facts
from pairs.matching.forms.duplicates import MERGE_FORMS, MergeForm, TellApartForm, UndoMergeForm
from pairs.matching.models import Merge, NotTheSame
from pairs.matching.rules.kinds import PersonKind
from pairs.submissions.record_forms import RecordForm


class PersonPairForm(FamilyRecordLookup, RecordForm):
    """One about a baby's or a carer's record and another of the same kind.

    ``get_other_id``, which the page and the API each have, says which other (None: none is named).
    """

    may = "register_people"
    other_family: Family

    @cached_property
    def other(self) -> Any:
        """The other record, in scope, with the same right at its site; ``other_family`` is set beside it."""
        named: UUID | None = self.get_other_id()
        if named is None:
            raise Http404
        people = self.model.objects.exclude(pk=self.record_id)
        other = get_visible_or_404(self.request, people, pk=named)
        self.other_family = get_family(self.request, other.family_id, may=self.may)
        return other


class TellApart(PersonPairForm):
    """They are two people, and why."""

    form_class = TellApartForm

    def save(self, form: TellApartForm) -> NotTheSame:
        reason = form.cleaned_data["reason"]
        return tell_apart(one=self.record, other=self.other, reason=reason, by=self.request.user)


class TellInfantsApart(TellApart):
    model = Infant


class TellCaregiversApart(TellApart):
    model = Caregiver


class MergePeople(PersonPairForm):
    """The other record becomes part of this one: what differs is asked, the rest is not."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "facts": compare_facts(self.record, self.other),
            "two_families": self.record.family_id != self.other.family_id,
        }

    def save(self, form: MergeForm) -> Merge:
        return merge_people(
            kept=self.record,
            merged=self.other,
            choices=form.get_choices(),
            reason=form.cleaned_data["reason"],
            families_too=form.cleaned_data.get("families_too", False),
            by=self.request.user,
        )


class MergeInfants(MergePeople):
    model, form_class = Infant, MERGE_FORMS[PersonKind.INFANT]


class MergeCaregivers(MergePeople):
    model, form_class = Caregiver, MERGE_FORMS[PersonKind.CAREGIVER]


class MergeLookup(FamilyRecordLookup):
    """A merge; whoever may not correct people at its family's site does not read of it either."""

    may = "register_people"

    def get_records(self) -> QuerySet[Merge]:
        return Merge.objects.newest_first()

    def get_record(self, may: Any) -> Merge:
        return super().get_record(may or self.may)


class UndoMerge(MergeLookup, RecordForm):
    """They are two after all, and why."""

    form_class = UndoMergeForm

    def save(self, form: UndoMergeForm) -> Merge:
        return unmerge(merge=self.record, by=self.request.user, reason=form.cleaned_data["reason"])


class LookThroughMerge(MergeLookup, RecordForm):
    """What was written while two records were one has been looked through. Nothing is asked."""

    form_class = Form

    def save(self, form: Form) -> Merge:
        return mark_looked_through(merge=self.record, by=self.request.user)
