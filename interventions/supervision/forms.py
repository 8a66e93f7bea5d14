"""Forms of supervision: the session, and a row for each case decision."""

from typing import Any

from django import forms
from django.db.models import Prefetch

from interventions.supervision.models import SupervisionSession
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.banner import get_family_name
from pairs.families.models import Family, Infant
from pairs.families.models.family import FamilyQuerySet
from pairs.service.models import Site, User
from pairs.web.date_fields import LocalTimeForm, make_day_field, make_time_field


def make_date_input(**options: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"} | options)


def offer_supervisees(form: Any, scope: Scope, by: User) -> None:
    """Colleagues and sites that somebody supervises."""
    sites = scope.sites("supervise")
    colleagues = User.objects.with_permission("write_records", at=sites)
    form.fields["supervisee"].queryset = colleagues.exclude(pk=by.pk)
    form.fields["site"].queryset = Site.objects.filter(pk__in=sites)


class NewSupervisionForm(forms.Form):
    """A supervision session; its note stays between staff."""

    supervisee = forms.ModelChoiceField(User.objects.none(), label="Who with?")
    site = forms.ModelChoiceField(Site.objects.none(), label="For which site?", empty_label=None)
    sort = forms.ChoiceField(
        label="What kind?", choices=SupervisionSession.Kind, initial=SupervisionSession.Kind.CLINICAL
    )
    held_on = forms.DateField(label="Day", widget=make_date_input())
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=60)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=10000,
        widget=forms.Textarea,
        help_text="Visible only to you both and site supervisors, never in a family's record.",
    )

    def __init__(self, *args: Any, scope: Scope, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_supervisees(self, scope, by)


class PlanSupervisionForm(LocalTimeForm):
    """With whom, and when: nothing of what is talked about."""

    moment_fields = ("starts_on", "starts_time")
    supervisee = forms.ModelChoiceField(User.objects.none(), label="Who with?")
    site = forms.ModelChoiceField(Site.objects.none(), label="For which site?", empty_label=None)
    starts_on = make_day_field("Day")
    starts_time = make_time_field("Time")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=60)

    def __init__(self, *args: Any, scope: Scope, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_supervisees(self, scope, by)

    def details(self) -> dict[str, Any]:
        """Keyword arguments of plan_supervision."""
        return {name: self.cleaned_data[name] for name in ("supervisee", "site", "minutes")} | {
            "starts_at": self.get_moment()
        }


class FamilyChoiceField(forms.ModelChoiceField):
    """Families by their babies' names."""

    def label_from_instance(self, family: Family) -> str:
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

    def __init__(self, *args: Any, families: FamilyQuerySet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if families is not None:
            self.fields["family"].queryset = families

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        family, decision = cleaned.get("family"), cleaned.get("decision")
        if family and not decision:
            self.add_error("decision", "Enter what was decided.")
        if (decision or cleaned.get("do_by")) and not family and "family" not in self.errors:
            self.add_error("family", "Choose the family this is about.")
        return cleaned


DecisionFormSet = forms.formset_factory(DecisionForm, extra=2, max_num=20, absolute_max=20)


def list_decisions(formset: forms.BaseFormSet) -> list[tuple[Family, str, None]]:
    """[(family, decision, do by)] of the rows that were filled in."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("family")]
    return [(row["family"], row["decision"], row["do_by"]) for row in rows]


def query_families_with_open_work(scope: Scope) -> FamilyQuerySet:
    """Families in scope with an open episode, for the decisions' choice."""
    open_now = Family.objects.visible_to(scope).filter(
        live_q("episodes__"), episodes__ended_on=None, episodes__isnull=False
    )
    infants = Infant.objects.live().order_by("birth_date", "twin_order")
    return open_now.distinct().prefetch_related(Prefetch("infants", infants)).order_by("created_at")
