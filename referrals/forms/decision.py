"""The decision on a referral, and which named people have a record already."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from pairs.service.models import Site, SiteQuerySet, User, UserQuerySet
from pairs.service.refusals import ActionRefused
from referrals.actions.linking import MatchAnswerInput
from referrals.matching import CandidateSet
from referrals.models import Destination, Referral
from referrals.rules.choices import (
    STATUS_BY_RESPONSE,
    MatchResult,
    ReferralResponse,
    ReferralState,
    ThriveGrouping,
)

NEW_PERSON, MENTION_ONLY = "new", "mention"
NEW_PERSON_LABELS = {"infant": "A baby we do not hold yet", "caregiver": "Somebody we do not hold yet"}
MATCH_REQUIRED = "Say whether this is somebody we hold already"


def list_possible_leads() -> UserQuerySet:
    """Whoever writes records at a site that is open: one of them leads."""
    return User.objects.with_permission("write_records", at=Site.objects.open_on(timezone.localdate()))


class AnnotatedChoiceField(forms.ModelChoiceField):
    """A choice with a note beside each label, such as the current caseload."""

    notes: dict = {}

    def label_from_instance(self, row: Site | User) -> str:
        note = self.notes.get(row.pk)
        return f"{row}: {note}" if note else str(row)


class DestinationChoiceField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, destination: Destination) -> str:
        return f"{destination}: {destination.offers}" if destination.offers else str(destination)


class DecisionForm(forms.Form):
    """One answer to a referral; what it needs depends on the answer."""

    response = forms.ChoiceField(
        label="What would help?", choices=ReferralResponse.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )  # fmt: skip
    first_visit_together = forms.BooleanField(
        label="Whoever referred comes to the first visit, if the family agrees", required=False
    )
    reason = forms.CharField(
        label="The reason", max_length=300, required=False,
        help_text="What the family needs just now, in words they would recognise; nothing that blames.",
    )  # fmt: skip
    destinations = DestinationChoiceField(
        label="Where can the family turn instead?", queryset=Destination.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="At least one. Their phone numbers go into the replies.",
    )  # fmt: skip
    thrive = forms.ChoiceField(
        label="Thrive grouping", choices=[("", "Choose"), *ThriveGrouping.choices], required=False,
        help_text="Provisional, until agreed with the family.",
    )  # fmt: skip
    thrive_reason = forms.CharField(label="Why this grouping?", max_length=300, required=False)
    site = AnnotatedChoiceField(
        label="At which site?", queryset=Site.objects.none(), to_field_name="code", required=False, empty_label=None,
    )  # fmt: skip
    lead = AnnotatedChoiceField(
        label="Who leads?", queryset=User.objects.none(), required=False, empty_label="Not decided yet"
    )

    def __init__(
        self,
        *args: Any,
        referral: Referral,
        sites: SiteQuerySet,
        leads: Any = None,
        notes: dict[UUID, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        self.fields["site"].initial = referral.site.code
        self.fields["lead"].queryset = list_possible_leads() if leads is None else leads
        self.fields["destinations"].queryset = Destination.objects.for_place(referral.place)
        self.fields["first_visit_together"].initial = referral.first_visit_together
        for name in ("site", "lead"):
            self.fields[name].notes = notes or {}
        self.referral = referral

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        needed = {
            ReferralResponse.DIRECT: (("thrive", "Choose a grouping"), ("thrive_reason", "Say why this grouping")),
            ReferralResponse.NONE: (("reason", "Give the reason, in words the family would recognise"),
                     ("destinations", "Choose at least one place where the family can turn instead")),
        }  # fmt: skip
        needed[ReferralResponse.JOINT] = needed[ReferralResponse.DIRECT]
        for name, words in needed.get(cleaned.get("response"), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned

    def details(self, matches: "BaseMatchFormSet | None" = None) -> dict[str, Any]:
        """Keyword arguments of decide_referral; ``matches``: the rows of who is who."""
        cleaned = self.cleaned_data
        accepts = STATUS_BY_RESPONSE[cleaned["response"]] == ReferralState.ACCEPTED
        said = matches.said(needed=accepts) if matches is not None else {}
        if not accepts:
            return cleaned | said
        return cleaned | {"site": cleaned["site"] or self.referral.site, "destinations": ()} | said


class MatchForm(forms.Form):
    """One named person: an existing record, a new person, or a mention without a record."""

    named = forms.UUIDField(widget=forms.HiddenInput)
    held = forms.ChoiceField(label="Who is this?", choices=(), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="If not the same: how do you know?", max_length=300, required=False)

    def __init__(self, *args: Any, looked: dict[str, CandidateSet] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get(self.add_prefix("named")) if self.is_bound else self.initial.get("named")
        self.looked = (looked or {}).get(str(asked))
        if self.looked:
            self._set_choices(self.looked)

    def _set_choices(self, looked: CandidateSet) -> None:
        field = self.fields["held"]
        field.label = f"Who is {looked.named.name or 'this'}?" if looked.here else "What becomes of them?"
        held = [(str(each.person.pk), f"The same as {each.person}") for each in looked.here]
        mention = "Only a mention: no record is made"
        field.choices = [*held, (NEW_PERSON, NEW_PERSON_LABELS[looked.kind]), (MENTION_ONLY, mention)]
        if not looked.here:
            del self.fields["reason"]

    def clean_named(self) -> UUID:
        if self.looked is None:
            raise forms.ValidationError("Choose somebody who is named in this referral.")
        return self.cleaned_data["named"]

    def said(self) -> tuple[MatchAnswerInput, bool]:
        """(answer for this named person, whether they stay a mention without a record)."""
        choice = self.cleaned_data.get("held") or ""
        same = (
            None
            if choice in ("", NEW_PERSON, MENTION_ONLY)
            else self.looked.candidates_by_key[choice].person.pk
        )
        others = (each.person.pk for each in self.looked.here if choice and choice != MENTION_ONLY)
        different = tuple(pk for pk in others if pk != same)
        reason = self.cleaned_data.get("reason", "")
        return MatchAnswerInput(self.looked.named.pk, same, different, reason), choice == MENTION_ONLY


class BaseMatchFormSet(forms.BaseFormSet):
    """A row for each named person, with the candidates found for them."""

    looked: tuple[CandidateSet, ...] = ()

    @classmethod
    def get_default_prefix(cls) -> str:
        return "matches"

    def get_form_kwargs(self, index: Any) -> dict[str, dict[str, CandidateSet]]:
        return {"looked": {each.key: each for each in self.looked}}

    def clean(self) -> None:
        named = [form.cleaned_data.get("named") for form in self.forms if form.cleaned_data]
        if len(named) != len(set(named)):
            raise forms.ValidationError("Each person stands here once.")

    def said(self, *, needed: bool) -> dict[str, list[MatchAnswerInput]]:
        """{matches, left_out} for decide_referral. Refused while a candidate has no answer."""
        rows = [form for form in self.forms if form.cleaned_data]
        answered = {form.looked.key: form.cleaned_data.get("held") for form in rows}
        silent = [each for each in self.looked if each.here and not answered.get(each.key)]
        if needed and silent:
            raise ActionRefused(self._build_missing_errors(silent, rows))
        said = [form.said() for form in rows]
        out = [match.named for match, mention in said if mention]
        return {"matches": [match for match, _ in said], "left_out": out}

    def _build_missing_errors(self, silent: list[CandidateSet], rows: list[Any]) -> dict[str, str]:
        places = {form.looked.key: number for number, form in enumerate(rows)}
        return {
            f"matches.{places[each.key]}.held"
            if each.key in places
            else "matches": f"{MATCH_REQUIRED}: {each.named}"
            for each in silent
        }


MatchFormSet = forms.formset_factory(
    MatchForm, formset=BaseMatchFormSet, extra=0, min_num=0, max_num=12, absolute_max=13, validate_max=True
)


def build_match_formset(looked: list[CandidateSet]) -> type[BaseMatchFormSet]:
    """The formset class for these named people and their candidates."""
    return type("MatchFormSet", (MatchFormSet,), {"looked": tuple(looked)})


def build_match_initial(looked: list[CandidateSet]) -> list[dict[str, str]]:
    """Initial rows: the earlier answer; new where there is no candidate; otherwise empty."""
    return [{"named": str(each.named.pk), "held": _get_initial_answer(each)} for each in looked]


def _get_initial_answer(looked: CandidateSet) -> str:
    same = next((each.person.pk for each in looked.here if each.answer == MatchResult.SAME), None)
    if same:
        return str(same)
    apart = all(each.answer == MatchResult.DIFFERENT for each in looked.here)
    return NEW_PERSON if apart else ""


def needs_people_named(referral: Referral) -> bool:
    """Does somebody have to be named before the referral can be accepted?"""
    babies = referral.infants.all()
    dated = all(each.birth_date or each.estimated_due_date for each in babies)
    return referral.patient_id is None and not (babies and dated and referral.caregivers.all())
