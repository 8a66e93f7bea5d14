"""Forms of supervision: the session with its rows about families; the plan; the agreement; an item of the agenda."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet

from interventions.supervision.models import AgendaItem, SupervisionKind
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.banner import get_family_name
from pairs.families.models import Family, Infant
from pairs.families.models.family import FamilyQuerySet
from pairs.service.models import Site, User
from pairs.web.date_fields import DatePartsField, LocalTimeForm, make_day_field, make_time_field

MAX_ROWS = 200  # of a caseload


def make_date_input(**options: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"} | options)


def make_kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="What kind?", choices=SupervisionKind, initial=SupervisionKind.CLINICAL)


def make_minutes_field() -> forms.IntegerField:
    return forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=60)


class PeopleForm(forms.Form):
    """Who has the session, and for which site: of colleagues and sites that somebody supervises."""

    def __init__(self, *args: Any, scope: Scope, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = scope.sites("supervise")
        colleagues = User.objects.with_permission("write_records", at=sites).exclude(pk=by.pk)
        self.fields["supervisee"].queryset = self.fields["others"].queryset = colleagues
        self.fields["site"].queryset = Site.objects.filter(pk__in=sites)


def make_supervisee_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(User.objects.none(), label="Who with?")


def make_others_field() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who else, if it is a group?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def make_site_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Site.objects.none(), label="For which site?", empty_label=None)


class SessionForm(LocalTimeForm):
    """A session that was held, and when the next one is; its note is read by those who were there alone."""

    moment_fields = ("next_on", "next_time")
    conditional = ("next_on", "next_time")

    held_on = forms.DateField(label="Day", widget=make_date_input())
    minutes = make_minutes_field()
    raised = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label="Which of these did you talk about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They are taken off the agenda.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=10000,
        widget=forms.Textarea,
        help_text="Visible only to you and those who were there, never in a family's record.",
    )
    next_on = make_day_field("Day of the next session", required=False)
    next_time = make_time_field("Time of the next session", required=False)
    is_last = forms.BooleanField(
        label="This was the last session of this kind",
        required=False,
        help_text="What was agreed ends with it, and no next session is asked for.",
    )

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raised = self.fields["raised"]
        raised.queryset = items
        raised.choices = [(item.pk, item.text) for item in items]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.cleaned_data.get("is_last"):
            for name, problem in NEXT_MISSING.items():
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, problem)
        return cleaned

    def details(self) -> dict[str, Any]:
        """Keyword arguments of record_supervision, but who was there."""
        names = ("held_on", "minutes", "note", "raised", "is_last")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"next_at": None if found["is_last"] else self.get_moment()}


class GroupSessionForm(SessionForm):
    """Of a group that was planned: who of the others came."""

    others = make_others_field()

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.fields["others"]
        others.label = "Who else was there?"
        others.queryset = people

    def details(self) -> dict[str, Any]:
        return super().details() | {"others": self.cleaned_data["others"]}


class NewSupervisionForm(PeopleForm, SessionForm):
    """Of anybody whom one supervises, or a group of them."""

    supervisee = make_supervisee_field()
    site = make_site_field()
    sort = make_kind_field()
    others = make_others_field()

    def details(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("supervisee", "others", "site")}
        return super().details() | found | {"kind": self.cleaned_data["sort"]}


NEXT_MISSING = {
    "next_on": "Enter the day of the next session, or tick that this was the last.",
    "next_time": "Enter the time of the next session, or tick that this was the last.",
}


class PlanSupervisionForm(PeopleForm, LocalTimeForm):
    """With whom, and when: nothing of what is talked about."""

    moment_fields = ("starts_on", "starts_time")
    supervisee = make_supervisee_field()
    site = make_site_field()
    sort = make_kind_field()
    starts_on = make_day_field("Day")
    starts_time = make_time_field("Time")
    minutes = make_minutes_field()
    others = make_others_field()

    def details(self) -> dict[str, Any]:
        """Keyword arguments of plan_supervision."""
        names = ("supervisee", "others", "site", "minutes")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"kind": self.cleaned_data["sort"], "starts_at": self.get_moment()}


class AgreementForm(forms.Form):
    """How often, how long, and what that is worked out from."""

    every_days = forms.IntegerField(
        label="Agreed: every how many days?",
        required=False,
        min_value=1,
        max_value=366,
        help_text="Leave empty to go by experience and working hours.",
    )
    minutes = make_minutes_field()
    under_twos_since = DatePartsField(
        label="Has worked with under-twos since",
        required=False,
        help_text="In the first years supervision is more frequent. Leave empty if it is longer ago.",
    )
    working_percent = forms.IntegerField(
        label="Working hours, in per cent of full time",
        min_value=5,
        max_value=100,
        initial=100,
        help_text="Part-timers have sessions of the same length, less often.",
    )
    ends_on = make_day_field("Last day", required=False)


class NewAgreementForm(AgreementForm):
    """The same, with whom and from when."""

    supervisee = forms.ModelChoiceField(User.objects.none(), label="Who has supervision?")
    supervisor = forms.ModelChoiceField(User.objects.none(), label="Who gives it?")
    site = make_site_field()
    sort = make_kind_field()
    starts_on = make_day_field("First day")
    field_order = (
        "supervisee", "supervisor", "site", "sort", "every_days", "minutes", "under_twos_since",
        "working_percent", "starts_on", "ends_on",
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = scope.sites("supervise")
        self.fields["supervisee"].queryset = User.objects.with_permission("write_records", at=sites)
        self.fields["supervisor"].queryset = User.objects.with_permission("supervise", at=sites)
        self.fields["site"].queryset = Site.objects.filter(pk__in=sites)

    def details(self) -> dict[str, Any]:
        """Keyword arguments of agree_supervision."""
        found = dict(self.cleaned_data)
        return found | {"kind": found.pop("sort")}


class AgendaItemForm(forms.Form):
    """What to raise next time."""

    text = forms.CharField(
        label="What do you want to raise?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only the two of you read it.",
    )


class FamilyChoiceField(forms.ModelChoiceField):
    """One of the families that the formset knows, by its babies' names: no row asks the database."""

    known: Mapping[str, Family] = MappingProxyType({})

    def to_python(self, value: Any) -> Family | None:
        if value in self.empty_values:
            return None
        if str(value) not in self.known:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.known[str(value)]


def describe_choice(family: Family) -> str:
    references = ", ".join(infant.reference for infant in family.infants.all())
    return f"{get_family_name(family)} ({references})"


class DecisionForm(forms.Form):
    """What was decided about one family; the family's record shows it."""

    conditional = ("family", "decision")  # needed of some answers

    family = FamilyChoiceField(Family.objects.none(), label="Family", required=False, empty_label="None")
    decision = forms.CharField(
        label="What was decided", required=False, max_length=2000, widget=forms.Textarea
    )
    do_by = forms.DateField(label="Due by", required=False, widget=make_date_input())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        family, decision = cleaned.get("family"), cleaned.get("decision")
        if family and not decision:
            self.add_error("decision", "Enter what was decided.")
        if (decision or cleaned.get("do_by")) and not family and "family" not in self.errors:
            self.add_error("family", "Choose the family this is about.")
        return cleaned


class DiscussionForm(forms.Form):
    """A family of the caseload: whether it was discussed, and what was decided. An empty row says nothing."""

    conditional = ("decision",)  # needed with a day

    family = FamilyChoiceField(Family.objects.none(), widget=forms.HiddenInput, required=False)
    was_discussed = forms.BooleanField(label="Discussed", required=False)
    decision = forms.CharField(
        label="Decision or action", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    do_by = forms.DateField(label="Due by", required=False, widget=make_date_input())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        says = cleaned.get("was_discussed") or cleaned.get("decision")
        if cleaned.get("do_by") and not cleaned.get("decision"):
            self.add_error("decision", "Enter what is to be done by then.")
        if says and not cleaned.get("family") and "family" not in self.errors:
            self.add_error("decision", "Choose a family of this caseload.")
        return cleaned


class RowsAboutFamilies(forms.BaseFormSet):
    """Rows whose family is one of ``known``: set by ``make_rows_about``."""

    known: Mapping[str, Family] = MappingProxyType({})

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["family"]
        field.known = self.known
        if not field.widget.is_hidden:
            field.choices = [("", "None"), *((pk, describe_choice(each)) for pk, each in self.known.items())]


DecisionFormSet = forms.formset_factory(
    DecisionForm, formset=RowsAboutFamilies, extra=2, max_num=20, absolute_max=20
)
DiscussionFormSet = forms.formset_factory(
    DiscussionForm, formset=RowsAboutFamilies, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


def make_rows_about(formset: type[forms.BaseFormSet], families: Iterable[Family]) -> type[forms.BaseFormSet]:
    """The formset, with the families that its rows choose among."""
    known = {str(family.pk): family for family in families}
    return type(formset.__name__, (formset,), {"known": known})


def list_decisions(formset: forms.BaseFormSet) -> list[tuple[Family, str, None]]:
    """[(family, decision, do by)] of the rows that were filled in."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("family")]
    return [(row["family"], row["decision"], row["do_by"]) for row in rows if row["decision"]]


def list_discussed(formset: forms.BaseFormSet) -> list[Family]:
    """The families whose row says that they were discussed, or what was decided about them."""
    rows = [row.cleaned_data for row in formset.forms]
    return [row["family"] for row in rows if row.get("was_discussed") or row.get("decision")]


def query_families_with_open_work(scope: Scope) -> FamilyQuerySet:
    """Families in scope with an open episode, for the decisions' choice."""
    open_now = Family.objects.visible_to(scope).filter(
        live_q("episodes__"), episodes__ended_on=None, episodes__isnull=False
    )
    infants = Infant.objects.live().order_by("birth_date", "twin_order")
    return open_now.distinct().prefetch_related(Prefetch("infants", infants)).order_by("created_at")
