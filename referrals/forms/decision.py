"""The decision on a referral, and which named people have a record already."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from pairs.service.models import Site, User, UserQuerySet
from pairs.service.refusals import ActionRefused
from pairs.web.shared_fields import share_fields
from referrals.actions.differences import list_candidate_differences
from referrals.actions.linking import MatchAnswerInput
from referrals.forms.differences import describe_difference
from referrals.forms.steps import MAX_REASON_LENGTH
from referrals.matching import CandidateSet, was_born_alone
from referrals.models import Destination, Referral
from referrals.rules.choices import (
    STATUS_BY_RESPONSE,
    MatchResult,
    ReferralResponse,
    ReferralState,
    ThriveGrouping,
)

NEW_PERSON, MENTION_ONLY, BORN_WITH = "new", "mention", "with:"
NEW_PERSON_LABELS = {
    "infant": "A new baby, without a record here",
    "caregiver": "A new person, without a record here",
}
ASK_FOR_MORE, ASK_FOR_MORE_WORDS = "more", "Ask for more information first"
BABY_OF_OTHER_BIRTH = "A new baby, from another birth"
MATCH_REQUIRED = "Choose whether this person already has a record"
BIRTH_REQUIRED = "Choose whether this is the same baby, or another baby of the same birth"


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


def make_response_field(*others: tuple[str, str]) -> forms.ChoiceField:
    """The answer to a referral. ``others``: what may be chosen instead of one."""
    return forms.ChoiceField(
        label="What would help?", choices=[*ReferralResponse.choices, *others], widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )  # fmt: skip


SET_BY_REFERRAL = ("site", "lead", "destinations", "first_visit_together")


@share_fields(but=SET_BY_REFERRAL)
class DecisionForm(forms.Form):
    """One answer to a referral; what it needs depends on the answer."""

    conditional: tuple[str, ...] = ("reason",)  # needed of some answers

    response = make_response_field()
    first_visit_together = forms.BooleanField(
        label="The referrer will join the first visit, if the family agrees", required=False
    )
    reason = forms.CharField(
        label="Reason (shown to the family)", max_length=300, required=False,
        help_text="Shown to the family: what they need now, in words they would recognise, without blame.",
    )  # fmt: skip
    destinations = DestinationChoiceField(
        label="Where else can the family get support?", queryset=Destination.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Choose at least one. The replies include their phone numbers.",
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
        label="Who will lead?", queryset=User.objects.none(), required=False, empty_label="Not decided yet"
    )

    def __init__(
        self,
        *args: Any,
        referral: Referral,
        leads: Any = None,
        notes: dict[UUID, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].initial = referral.site.code
        self.fields["first_visit_together"].initial = referral.first_visit_together
        for name in ("site", "lead"):
            self.fields[name].notes = notes or {}
        if self.is_bound:  # a fresh page is given what it offers
            self.fields["site"].queryset = Site.objects.open_on(timezone.localdate())
            self.fields["lead"].queryset = list_possible_leads() if leads is None else leads
            self.fields["destinations"].queryset = Destination.objects.for_place(referral.known_place)
        self.referral = referral

    def offer(self, *, leads: list[User], destinations: list[Destination], sites: list[Site]) -> None:
        """Draw these choices, which the page has read already; what is sent is still looked up."""
        site, lead, destination = (self.fields[name] for name in ("site", "lead", "destinations"))
        site.choices = [(each.code, site.label_from_instance(each)) for each in sites]
        named = [(str(each.pk), lead.label_from_instance(each)) for each in leads]
        lead.choices = [("", lead.empty_label), *named]
        destination.choices = [(str(each.pk), destination.label_from_instance(each)) for each in destinations]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        needed = {
            ReferralResponse.DIRECT: (("thrive", "Choose a grouping"),
                       ("thrive_reason", "Enter why you chose this grouping")),
            ReferralResponse.NONE: (("reason", "Enter the reason, in words the family would recognise"),
                     ("destinations", "Choose at least one signposting entry")),
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


@share_fields(but=SET_BY_REFERRAL)
class DecisionOrQuestionForm(DecisionForm):
    """The same on its page, where one of the answers is to ask for more before there is one."""

    conditional = ("reason", "question")

    response = make_response_field((ASK_FOR_MORE, ASK_FOR_MORE_WORDS))
    question = forms.CharField(
        label="What do you need to know, in a line?", max_length=MAX_REASON_LENGTH, required=False,
        help_text="For our records. You write the question itself in the next step.",
    )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether more is asked for instead of an answer. Ask once it was validated."""
        return self.cleaned_data.get("response") == ASK_FOR_MORE

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.asks and not self.cleaned_data.get("question") and "question" not in self.errors:
            self.add_error("question", "Enter what you need to know, in one line")
        return cleaned

    def details(self, matches: "BaseMatchFormSet | None" = None) -> dict[str, Any]:
        """Of a question: its line in our record. Who the people are is not asked before there is an answer."""
        if self.asks:
            return {"reason": self.cleaned_data["question"]}
        return {name: value for name, value in super().details(matches).items() if name != "question"}


@share_fields(but=("held", "carried_by", "take"))
class MatchForm(forms.Form):
    """One named person: an existing record, a new person, or a mention without a record."""

    conditional = ("reason",)  # needed of some answers

    named = forms.UUIDField(widget=forms.HiddenInput)
    held = forms.ChoiceField(label="Who is this?", choices=(), required=False, widget=forms.RadioSelect)
    carried_by = forms.ChoiceField(
        label="Who was pregnant with this baby?", choices=(), required=False, widget=forms.RadioSelect
    )
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    reason = forms.CharField(label="If not the same: how do you know?", max_length=300, required=False)
    take = forms.MultipleChoiceField(
        label="If the same: update from this referral",
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Details you do not tick stay as they are in the record. Where safety answers differ, "
        "the safer one applies. The lead will be asked about the rest.",
    )

    def __init__(self, *args: Any, looked: dict[str, CandidateSet] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get(self.add_prefix("named")) if self.is_bound else self.initial.get("named")
        self.looked = (looked or {}).get(str(asked))
        if self.looked:
            self._set_choices(self.looked)

    def _set_choices(self, looked: CandidateSet) -> None:
        field = self.fields["held"]
        field.label = (
            f"Who is {looked.named.name or 'this'}?" if looked.here else "What should happen to them?"
        )
        held = [(str(each.person.pk), f"The same as {each.person}") for each in looked.here]
        births = [
            (f"{BORN_WITH}{each.pk}", f"Another baby of the same birth as {each}")
            for each in looked.born_with
        ]
        new = BABY_OF_OTHER_BIRTH if births else NEW_PERSON_LABELS[looked.kind]
        mention = "Mentioned only: no record is created"
        field.choices = [*held, *births, (NEW_PERSON, new), (MENTION_ONLY, mention)]
        self.fields["take"].choices = [
            (f"{each.person.pk}:{row.field}", f"{each.person}. {describe_difference(row)}")
            for each in looked.here
            for row in list_candidate_differences(looked.named, each.person)
        ]
        self.fields["carried_by"].choices = [(str(each.pk), str(each)) for each in looked.carriers]
        if not looked.carriers:
            del self.fields["carried_by"]
        if not looked.here:
            del self.fields["reason"]
        if not self.fields["take"].choices:
            del self.fields["take"]

    def clean_named(self) -> UUID:
        if self.looked is None:
            raise forms.ValidationError("Choose someone named in this referral.")
        return self.cleaned_data["named"]

    def said(self) -> tuple[MatchAnswerInput, bool]:
        """(answer for this named person, whether they stay a mention without a record)."""
        choice = self.cleaned_data.get("held") or ""
        candidate = self.looked.candidates_by_key.get(choice)
        same = candidate.person.pk if candidate else None
        others = (each.person.pk for each in self.looked.here if choice and choice != MENTION_ONLY)
        taken = (value.split(":") for value in self.cleaned_data.get("take") or ())
        answer = MatchAnswerInput(
            self.looked.named.pk,
            same,
            different=tuple(pk for pk in others if pk != same),
            reason=self.cleaned_data.get("reason", ""),
            born_with=UUID(choice.removeprefix(BORN_WITH)) if choice.startswith(BORN_WITH) else None,
            own_birth=choice == NEW_PERSON,
            name=self._get_corrected_name(),
            carried_by=UUID(carried) if (carried := self.cleaned_data.get("carried_by")) else None,
            take=tuple(field for pk, field in taken if pk == str(same)),
        )
        return answer, choice == MENTION_ONLY

    def _get_corrected_name(self) -> tuple[str, str] | None:
        """The parts as they were put right; left empty, the name stays as it was given."""
        name = (self.cleaned_data.get("given_name", ""), self.cleaned_data.get("family_name", ""))
        return name if any(name) else None


class BaseMatchFormSet(forms.BaseFormSet):
    """A row for each named person, with the candidates found for them."""

    looked: tuple[CandidateSet, ...] = ()

    def get_form_kwargs(self, index: Any) -> dict[str, dict[str, CandidateSet]]:
        return {"looked": {each.key: each for each in self.looked}}

    def clean(self) -> None:
        named = [form.cleaned_data.get("named") for form in self.forms if form.cleaned_data]
        if len(named) != len(set(named)):
            raise forms.ValidationError("Each person can be listed only once.")

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
            else "matches": f"{BIRTH_REQUIRED if each.born_with else MATCH_REQUIRED}: {each.named}"
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
    return [
        {
            "named": str(each.named.pk),
            "held": _get_initial_answer(each),
            "given_name": each.named.given_name,
            "family_name": each.named.family_name,
        }
        for each in looked
    ]


def _get_initial_answer(looked: CandidateSet) -> str:
    """The earlier answer; where nobody is alike, the baby named for the same day, or a new record."""
    answers = {each.answer: str(each.person.pk) for each in looked.here}
    if MatchResult.SAME in answers:
        return answers[MatchResult.SAME]
    if MatchResult.TWIN in answers:
        return f"{BORN_WITH}{answers[MatchResult.TWIN]}"
    if not answers.keys() <= {MatchResult.DIFFERENT}:
        return ""
    together = [each for each in looked.named_together if not was_born_alone(each, looked.named)]
    return f"{BORN_WITH}{together[0].pk}" if together else NEW_PERSON


def needs_people_named(referral: Referral) -> bool:
    """Does somebody have to be named before the referral can be accepted?"""
    babies = referral.infants.all()
    dated = all(each.birth_date or each.estimated_due_date for each in babies)
    return referral.patient_id is None and not (babies and dated and referral.caregivers.all())
