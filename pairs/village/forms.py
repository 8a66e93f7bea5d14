"""Forms of the village: the one parser of what pages and the API send. What they offer is handed to them."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone

from pairs.access.records import Record
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.families.models.people import InfantQuerySet
from pairs.service.models import Team
from pairs.village.models import query_referrer_accounts
from pairs.village.rules import TYPED_TOPICS, Closeness, MemberKind, SendingMethod, SharingTopic
from pairs.web.date_fields import make_day_field
from pairs.web.phone_field import PhoneField


def make_text_field(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, **({"widget": forms.Textarea, "max_length": 20000} | options))


def _encode_row(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


class RowField:
    """What is chosen is a row of several kinds, as “caregiver:id”. The API may send the id alone, as it shows it."""

    rows: dict[str, Any]

    def to_code(self, sent: str) -> str:
        return next((code for code, row in self.rows.items() if str(row.pk) == sent), sent)


class RowChoiceField(RowField, forms.ChoiceField):
    """One such row, cleaned to the row itself (None when left empty)."""

    widget = forms.Select

    def offer(self, rows: Iterable[Any], *more: Any, empty: str = "") -> None:
        """``rows``: what may be chosen; ``more``: plain (value, words); ``empty``: what the empty choice says."""
        self.rows = {_encode_row(row): row for row in rows}
        named = [(code, str(row)) for code, row in self.rows.items()]
        self.choices = [*([("", empty)] if empty else []), *more, *named]

    def to_python(self, value: str | None) -> str:
        return self.to_code(super().to_python(value))

    def clean(self, value: str | None) -> Record | None:
        chosen = super().clean(value)
        return self.rows.get(chosen, chosen or None)


class RowMultipleChoiceField(RowField, forms.MultipleChoiceField):
    """Several such rows."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows: InfantQuerySet) -> None:
        self.rows = {_encode_row(row): row for row in rows}
        self.choices = [(code, str(row)) for code, row in self.rows.items()]

    def to_python(self, value: list[str] | None) -> list[str]:
        return [self.to_code(each) for each in super().to_python(value)]

    def clean(self, value: list[str]) -> list[Infant]:
        return [self.rows[code] for code in super().clean(value)]


def list_carers(family: Family) -> list[Caregiver]:
    """The family's carers, the main carer first: each once."""
    return list({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values())


def list_village_members(family: Family) -> list[Any]:
    return list(family.village.live().current().nearest_first())


class MemberForm(forms.Form):
    """Somebody in the village."""

    groups = (
        ("Who they are", ["name", "circle", "role", "organisation", "infant", "closeness", "since"]),
        ("Contact details", ["phone", "email", "lines"]),
        ("If they have an account here", ["account", "team"]),
    )
    name = forms.CharField(label="Name", max_length=120)
    circle = forms.ChoiceField(label="They are", choices=MemberKind, widget=forms.RadioSelect)
    role = forms.CharField(
        label="Role",
        max_length=80,
        required=False,
        help_text="For example health visitor, grandmother, neighbour.",
    )
    organisation = forms.CharField(label="Organisation", max_length=120, required=False)
    infant = RowChoiceField(label="Which child they support", required=False)
    closeness = forms.TypedChoiceField(
        label="How often do they support the child?",
        choices=Closeness,
        coerce=int,
        widget=forms.RadioSelect,
    )
    since = make_day_field("Since", required=False)
    phone = PhoneField()
    email = forms.EmailField(label="E-mail", required=False)
    lines = forms.CharField(label="Address", max_length=300, required=False, widget=forms.Textarea)
    account = forms.ModelChoiceField(
        query_referrer_accounts().none(),
        label="Account",
        required=False,
        empty_label="None",
        help_text="For example, a health visitor who refers to us.",
    )
    team = forms.ModelChoiceField(Team.objects.all(), label="Team", required=False, empty_label="None")

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["infant"].offer(family.infants.all(), empty="All the children")
        self.fields["account"].queryset = query_referrer_accounts()

    def action_kwargs(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        return values | {"kind": values.pop("circle"), "user": values.pop("account")}


class MemberEndForm(forms.Form):
    """The last day somebody was part of the village."""

    until = make_day_field("Until")


class AgreementForm(forms.Form):
    """A sharing agreement."""

    conditional = (
        "party",
        "agency",
        "agreed_by",
        "agreed_on",
        "without_consent_because",
    )  # needed of some answers

    groups = (
        ("Who may be told", ["party", "agency"]),
        ("What", ["what", "how_often", "until"]),
        ("On what basis", ["agreed_by", "agreed_on", "without_consent_because"]),
    )
    party = RowChoiceField(label="With", required=False)
    agency = forms.CharField(label="Or an agency that is not listed", max_length=120, required=False)
    what = forms.MultipleChoiceField(
        label="What may be told", choices=SharingTopic, widget=forms.CheckboxSelectMultiple
    )
    how_often = forms.CharField(label="How often", max_length=120, required=False)
    until = make_day_field("Last day", required=False, help_text="Leave empty if no day was agreed.")
    agreed_by = RowChoiceField(label="Agreed by", required=False)
    agreed_on = make_day_field("Agreed on", required=False)
    without_consent_because = make_text_field(
        "Reason for sharing without agreement",
        required=False,
        max_length=2000,
        help_text="Only if no one agreed: why sharing is right and lawful.",
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].offer(
            chain(list_village_members(family), Team.objects.all()), empty="Not listed"
        )
        self.fields["agreed_by"].offer(list_carers(family), empty="No one")

    def clean(self) -> dict[str, Any] | None:
        values = super().clean()
        if bool(values.get("party")) == bool(values.get("agency")) and "party" not in self.errors:
            self.add_error("party", "Either choose one person or team, or name an agency, not both.")
        return values

    def action_kwargs(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        agency = values.pop("agency")
        return values | {"party": values["party"] or agency}


class WithdrawalForm(forms.Form):
    """An agreement withdrawn."""

    conditional = ("reason",)  # needed of some answers

    withdrawn_on = make_day_field("Withdrawn on")
    reason = forms.CharField(label="Why, in their words if they said", max_length=300, required=False)


class NewLimitForm(forms.Form):
    """Do not disclose."""

    conditional = ("not_to", "not_to_name")  # needed of some answers

    subject = RowChoiceField(label="Do not disclose anything about")
    not_to = RowChoiceField(label="To", required=False)
    not_to_name = forms.CharField(
        label="Or to someone not listed",
        max_length=120,
        required=False,
        help_text="A person or an agency. Information is withheld from anyone whose name includes these words.",
    )
    reason = forms.CharField(label="Reason", max_length=300)
    since = make_day_field("Since")
    until = make_day_field("Last day", required=False)

    WHOLE_FAMILY = ("family", "The whole family")

    def __init__(self, *args: Any, family: Family, addresses: list[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village, carers = list_village_members(family), list_carers(family)
        self.fields["subject"].offer([*family.infants.all(), *carers, *village], self.WHOLE_FAMILY)
        self._offer_addresses(addresses)
        self.fields["not_to"].offer([*carers, *village], empty="Not listed")

    def _offer_addresses(self, addresses: list[Address]) -> None:
        """By whose it is, never as an address."""
        field = self.fields["subject"]
        field.rows |= {_encode_row(row): row for row in addresses}
        field.choices = [
            *field.choices,
            *((_encode_row(row), _describe_address_owner(row)) for row in addresses),
        ]

    def clean(self) -> dict[str, Any] | None:
        values = super().clean()
        if bool(values.get("not_to")) == bool(values.get("not_to_name")) and "not_to" not in self.errors:
            self.add_error("not_to", "Either choose one person or name someone, not both.")
        return values

    def action_kwargs(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        name, subject = values.pop("not_to_name"), values.pop("subject")
        about = None if subject == self.WHOLE_FAMILY[0] else subject
        return values | {"about": about, "not_to": values["not_to"] or name}


def _describe_address_owner(row: Address) -> str:
    return f"Where {row.person} {'lives' if row.until is None else 'lived until ' + str(row.until)}"


class LimitEndForm(forms.Form):
    """A limit that may end."""

    until = make_day_field("Last day it applies")
    reason = forms.CharField(label="Why it may end", max_length=300)


class NewLetterForm(forms.Form):
    """To whom a letter is, and about which children."""

    to = RowChoiceField(label="To", widget=forms.RadioSelect)
    about = RowMultipleChoiceField(label="About")

    def __init__(self, *args: Any, family: Family, referrers: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [carer for carer in list_carers(family) if not carer.died_on]
        self.fields["to"].offer([*living, *list_village_members(family), *referrers])
        self.fields["about"].offer(family.infants.all())


class LetterTextForm(forms.Form):
    """The words of a letter and what it carries beside them; which of it may be told, the action says."""

    text = make_text_field("The letter")
    about_appointments = make_text_field("Appointments and attendance", required=False)
    about_plan = make_text_field("The plan and its goals", required=False)
    about_progress = make_text_field("Progress", required=False)
    about_measures = make_text_field("Measures and scores", required=False)
    about_safeguarding = make_text_field("Safeguarding", required=False)
    details = forms.MultipleChoiceField(
        label="Also include", required=False, widget=forms.CheckboxSelectMultiple
    )
    sign = forms.BooleanField(label="Sign it", required=False)

    def __init__(self, *args: Any, offer: Any = None, rows: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {_encode_row(row): row for row in rows}
        self.fields["details"].choices = offer.details if offer else ()

    def parts(self) -> dict[str, str]:
        """{code: words} of the typed parts."""
        return {topic.value: self.cleaned_data[f"about_{topic}"] for topic in TYPED_TOPICS}

    def list_ticked_details(self):
        """The carers and addresses that were ticked."""
        return [self.rows[code] for code in self.cleaned_data["details"]]


class SendingForm(forms.Form):
    """That a letter went, and how."""

    sent_on = make_day_field("On")
    sent_how = forms.ChoiceField(label="How", choices=SendingMethod, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = timezone.localdate()
