"""What each form about a restricted family is about and does, for pages and API alike."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from pairs.access.visible_records import get_visible_or_404
from pairs.families.models import Family, FamilyGrant
from pairs.families.record_forms import FamilyRecordLookup, OwnSiteLookup
from pairs.restrictions import actions, forms
from pairs.restrictions.actions import query_named
from pairs.restrictions.models import FamilyRestriction, OwnRecordAnswer
from pairs.restrictions.rules import USUAL_REVIEW
from pairs.restrictions.team import list_team
from pairs.service.models import User, UserQuerySet
from pairs.service.roles import GrantPurpose
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

MAY_RESTRICT = ("govern_records", "triage_referrals")


def query_staff_who_read(site_id: Any) -> UserQuerySet:
    """Those who open records at the site: whoever may be named for one that is restricted."""
    return User.objects.with_permission("read_families", at=[site_id])


class RestrictFamily(FamilyRecordLookup, RecordForm):
    """A family's record that few may open from now on. A grant of this very family does not do."""

    model, form_class = Family, forms.RestrictFamilyForm

    def get_record(self, may: Any) -> Family:
        get_visible_or_404(
            self.request, Family.objects.all(), pk=self.record_id, may=MAY_RESTRICT, by_grant=False
        )
        return super().get_record(None)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"staff": query_staff_who_read(self.record.site_id)}

    def get_initial(self) -> dict[str, Any]:
        team = [person.pk for person in list_team(self.record)]
        return {"named": team, "review_on": timezone.localdate() + USUAL_REVIEW}

    def save(self, form: forms.RestrictFamilyForm) -> FamilyRestriction:
        return actions.restrict_family(family=self.record, by=self.request.user, **form.cleaned_data)


class OfRestriction(OwnSiteLookup, RecordForm):
    """One that is about a restriction."""

    record: FamilyRestriction

    def get_records(self) -> QuerySet[Any]:
        return FamilyRestriction.objects.with_names()

    def get_action_kwargs(self, form: Any) -> dict[str, Any]:
        return {"restriction": self.record, "by": self.request.user, **form.cleaned_data}


class ReviewRestriction(OfRestriction, EditForm):
    """A review takes the place of the last: of two who write one at once, the second sees both."""

    form_class = forms.ReviewRestrictionForm

    def get_initial(self) -> dict[str, Any]:
        return {"review_on": timezone.localdate() + USUAL_REVIEW}

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        return {"note": self.record.review_note, "review_on": self.record.review_on}

    def save(self, form: forms.ReviewRestrictionForm) -> FamilyRestriction:
        return actions.review_restriction(**self.get_action_kwargs(form))


class NamePerson(OfRestriction):
    form_class = forms.NamePersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        family = self.record.family
        named = query_named(family).order_by().values("user")
        return {"staff": query_staff_who_read(family.site_id).exclude(pk__in=named)}

    def save(self, form: forms.NamePersonForm) -> FamilyGrant:
        return actions.name_person(**self.get_action_kwargs(form))


class EndRestriction(OfRestriction):
    form_class = forms.EndRestrictionForm

    def save(self, form: forms.EndRestrictionForm) -> FamilyRestriction:
        return actions.end_restriction(**self.get_action_kwargs(form))


class EndNamedAccess(OwnSiteLookup, RecordForm):
    """The access of one person who is named for a restricted record."""

    form_class: ClassVar = forms.EndNamedAccessForm
    record: FamilyGrant

    def get_records(self) -> QuerySet[Any]:
        named = FamilyGrant.objects.live().filter(purpose=GrantPurpose.CARE)
        return named.with_names().select_related("family")

    def save(self, form: forms.EndNamedAccessForm) -> FamilyGrant:
        return actions.end_named_access(grant=self.record, by=self.request.user)


class AnswerOwnRecord(RecordForm):
    """A family whose carer may be the reader: nothing of it is shown."""

    model, form_class = Family, forms.OwnRecordForm

    def save(self, form: forms.OwnRecordForm) -> OwnRecordAnswer:
        return actions.answer_own_record(family=self.record, by=self.request.user, **form.cleaned_data)


class WithdrawOwnRecordAnswer(OwnSiteLookup, RecordForm):
    """An answer about one's own record."""

    model, form_class = OwnRecordAnswer, forms.WithdrawOwnRecordAnswerForm

    def save(self, form: forms.WithdrawOwnRecordAnswerForm) -> OwnRecordAnswer:
        return actions.withdraw_own_record_answer(
            answer=self.record, by=self.request.user, **form.cleaned_data
        )
