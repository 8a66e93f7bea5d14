"""A caseload review: the form of one family's row, and what it does, for the page and the API alike."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from interventions.supervision.actions import decide_in_review
from interventions.supervision.forms import FamilyChoiceField, make_date_input
from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import find_review_errors
from interventions.supervision.session_agenda import list_caseload_episodes
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.visible_records import annotate_family_id, get_prepared_or_404
from pairs.families.models import Family
from pairs.service.models import User
from pairs.submissions.record_forms import RecordForm

NO_CHANGE = "No change."


class ReviewForm(forms.Form):
    """What was decided about one family of the caseload, what is to be done, and when next."""

    conditional = ("decision", "action")  # one of the two

    family = FamilyChoiceField(Family.objects.none(), widget=forms.HiddenInput)
    decision = forms.CharField(
        label="Decision", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    action = forms.CharField(label="Action", required=False, max_length=500)
    do_by = forms.DateField(label="Next date", required=False, widget=make_date_input())
    no_change = forms.BooleanField(label="No change", required=False)

    def __init__(self, *args: Any, families: dict[str, Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].known = families
        # One page holds the rows of many families, and each field's id is its own.
        whose = str(self["family"].value())
        self.auto_id = f"id_{whose}_%s" if whose in families else "id_other_%s"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = {name: cleaned.get(name) for name in ("decision", "action", "do_by")}
        errors = find_review_errors(
            **given, is_unchanged=bool(cleaned.get("no_change")), on=timezone.localdate()
        )
        for name, said in errors.items():
            if name not in self.errors:
                self.add_error(name, said)
        return cleaned

    def details(self) -> dict[str, Any]:
        """Keyword arguments of decide_in_review."""
        found = {name: self.cleaned_data[name] for name in ("family", "decision", "action", "do_by")}
        return found | {"decision": NO_CHANGE} if self.cleaned_data["no_change"] else found


_COLLEAGUE = PreparedQuery(
    lambda scope, colleague: annotate_family_id(User.objects.supervised_by(scope)).filter(pk=colleague)
)


class ReviewCaseload(RecordForm):
    """Of a colleague's families at the sites where one supervises. Nobody reviews their own."""

    form_class = ReviewForm

    def get_records(self) -> QuerySet[Any]:
        return User.objects.all()

    def get_record(self, may: Any) -> User:
        colleague = get_prepared_or_404(self.request, _COLLEAGUE, may=may, colleague=self.record_id)
        if colleague.pk == self.request.user.pk:
            raise Http404
        return colleague

    @cached_property
    def on(self) -> date:
        return timezone.localdate()

    @cached_property
    def episodes(self) -> list[Any]:
        return list_caseload_episodes(self.request, [self.record.pk], self.on, supervised=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"families": {str(each.family_id): each.family for each in self.episodes}}

    def save(self, form: ReviewForm) -> CaseDecision:
        return decide_in_review(owner=self.record, by=self.request.user, **form.details())
