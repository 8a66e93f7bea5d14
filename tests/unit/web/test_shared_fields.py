"""Forms that share fields: what one of them changes of its own, no other form ever sees."""

import pytest
from django import forms
from django.forms.formsets import ManagementForm

from interventions.episodes.forms import NewContactForm
from pairs.web.shared_fields import SharedFields, share_fields
from referrals.forms.decision import DecisionForm, DecisionOrQuestionForm, MatchForm


@share_fields(but=("site",))
class MoveForm(forms.Form):
    site = forms.ChoiceField(choices=[("a", "A")])
    reason = forms.CharField()


class LongMoveForm(MoveForm):
    note = forms.CharField()


def test_a_field_that_forms_change_is_each_forms_own():
    one, other = MoveForm(), MoveForm()
    one.fields["site"].choices = [("b", "B")]
    one.fields["site"].label = "Where to"
    assert [value for value, _ in other.fields["site"].choices] == ["a"]
    assert other["site"].label == "Site"
    assert one.fields["reason"] is other.fields["reason"]


def test_a_form_may_leave_fields_out_and_add_others():
    one, other = MoveForm(), MoveForm()
    del one.fields["reason"]
    one.fields["ORDER"] = forms.IntegerField()
    assert list(other.fields) == list(MoveForm().fields) == ["site", "reason"]


def test_a_subclass_shares_nothing_of_itself():
    assert LongMoveForm().fields["reason"] is not LongMoveForm().fields["reason"]


def test_each_form_reads_what_was_sent_to_it():
    one, other = MoveForm({"site": "a", "reason": "They moved"}), MoveForm({"site": "a"})
    assert one.is_valid()
    assert not other.is_valid()
    assert (one.cleaned_data["reason"], list(other.errors)) == ("They moved", ["reason"])


@pytest.mark.parametrize(
    "form", [NewContactForm, DecisionForm, DecisionOrQuestionForm, MatchForm, ManagementForm]
)
def test_what_is_copied_are_fields_of_the_form(form):
    assert isinstance(form.base_fields, SharedFields)
    assert form.base_fields.changed < form.base_fields.keys()
