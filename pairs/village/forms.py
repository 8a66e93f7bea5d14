"""Forms of the village: the one parser of what pages and the API send. What they offer is handed to them."""

from itertools import chain

from django import forms
from django.utils import timezone

from pairs.service.models import Team
from pairs.village.models import accounts
from pairs.village.rules import CLOSENESS, KINDS, TYPED_PARTS, WAYS_SENT, WHAT


def day_box(label, **options):
    """A recent day, in the browser's own date box."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def words_box(label, **options):
    return forms.CharField(label=label, **({"widget": forms.Textarea, "max_length": 20000} | options))


def _coded(row):
    return f"{row._meta.model_name}:{row.pk}"


class OneOf(forms.ChoiceField):
    """One row of several kinds, as “caregiver:id”; cleaned to the row itself (None when left empty)."""

    widget = forms.Select

    def offer(self, rows, *more, empty=""):
        """``rows``: what may be chosen; ``more``: plain (value, words); ``empty``: what the empty choice says."""
        self.rows = {_coded(row): row for row in rows}
        named = [(code, str(row)) for code, row in self.rows.items()]
        self.choices = [*([("", empty)] if empty else []), *more, *named]

    def clean(self, value):
        chosen = super().clean(value)
        return self.rows.get(chosen, chosen or None)


class SomeOf(forms.MultipleChoiceField):
    """Several such rows."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows):
        self.rows = {_coded(row): row for row in rows}
        self.choices = [(code, str(row)) for code, row in self.rows.items()]

    def clean(self, value):
        return [self.rows[code] for code in super().clean(value)]


def carers_of(family):
    """The family's carers, the main carer first: each once."""
    return list({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values())


def village_of(family):
    return list(family.village.live().current().nearest_first())


class Member(forms.Form):
    """Somebody in the village."""

    groups = (
        ("Who they are", ["name", "circle", "role", "organisation", "infant", "closeness", "since"]),
        ("How to reach them", ["phone", "email", "lines"]),
        ("If they have an account here", ["account", "team"]),
    )
    name = forms.CharField(label="Name", max_length=120)
    circle = forms.ChoiceField(label="They are", choices=KINDS, widget=forms.RadioSelect)
    role = forms.CharField(
        label="Role",
        max_length=80,
        required=False,
        help_text="Such as health visitor, grandmother, neighbour.",
    )
    organisation = forms.CharField(label="Organisation", max_length=120, required=False)
    infant = OneOf(label="Around which child", required=False)
    closeness = forms.TypedChoiceField(
        label="How often are they there for the child?",
        choices=CLOSENESS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    since = day_box("Since", required=False)
    phone = forms.CharField(label="Phone", max_length=20, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    lines = forms.CharField(label="Address", max_length=300, required=False, widget=forms.Textarea)
    account = forms.ModelChoiceField(
        accounts().none(),
        label="Account",
        required=False,
        empty_label="None",
        help_text="A health visitor, say, who refers to us.",
    )
    team = forms.ModelChoiceField(Team.objects.all(), label="Team", required=False, empty_label="None")

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["infant"].offer(family.infants.all(), empty="All the children")
        self.fields["account"].queryset = accounts()

    def details(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        return values | {"kind": values.pop("circle"), "user": values.pop("account")}


class MemberEnd(forms.Form):
    """The last day somebody was part of the village."""

    until = day_box("Until")


class Agreement(forms.Form):
    """A sharing agreement."""

    groups = (
        ("Who may be told", ["party", "agency"]),
        ("What", ["what", "how_often", "until"]),
        ("On what basis", ["agreed_by", "agreed_on", "without_consent_because"]),
    )
    party = OneOf(label="With", required=False)
    agency = forms.CharField(label="Or an agency that is not listed", max_length=120, required=False)
    what = forms.MultipleChoiceField(
        label="What may be told", choices=WHAT, widget=forms.CheckboxSelectMultiple
    )
    how_often = forms.CharField(label="How often", max_length=120, required=False)
    until = day_box("Last day", required=False, help_text="Leave empty if no day was agreed.")
    agreed_by = OneOf(label="Agreed by", required=False)
    agreed_on = day_box("Agreed on", required=False)
    without_consent_because = words_box(
        "Reason for sharing without agreement",
        required=False,
        max_length=2000,
        help_text="Only if nobody agreed: what makes it right and lawful to share.",
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].offer(chain(village_of(family), Team.objects.all()), empty="Not listed")
        self.fields["agreed_by"].offer(carers_of(family), empty="Nobody")

    def clean(self):
        values = super().clean()
        if bool(values.get("party")) == bool(values.get("agency")) and "party" not in self.errors:
            self.add_error("party", "Choose one person or team, or name an agency: one of the two.")
        return values

    def details(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        agency = values.pop("agency")
        return values | {"party": values["party"] or agency}


class Withdrawal(forms.Form):
    """An agreement withdrawn."""

    withdrawn_on = day_box("Withdrawn on")
    reason = forms.CharField(label="Why, in their words if they said", max_length=300, required=False)


class NewLimit(forms.Form):
    """Do not disclose."""

    subject = OneOf(label="Do not disclose anything about")
    not_to = OneOf(label="To", required=False)
    not_to_name = forms.CharField(
        label="Or to somebody who is not listed",
        max_length=120,
        required=False,
        help_text="A person or an agency. Anybody whose name shares these words is not told.",
    )
    reason = forms.CharField(label="Reason", max_length=300)
    since = day_box("Since")
    until = day_box("Last day", required=False)

    WHOLE_FAMILY = ("family", "The whole family")

    def __init__(self, *args, family, addresses, **kwargs):
        super().__init__(*args, **kwargs)
        village, carers = village_of(family), carers_of(family)
        self.fields["subject"].offer([*family.infants.all(), *carers, *village], self.WHOLE_FAMILY)
        self._offer_addresses(addresses)
        self.fields["not_to"].offer([*carers, *village], empty="Not listed")

    def _offer_addresses(self, addresses):
        """By whose it is, never as an address."""
        field = self.fields["subject"]
        field.rows |= {_coded(row): row for row in addresses}
        field.choices = [*field.choices, *((_coded(row), _address_words(row)) for row in addresses)]

    def clean(self):
        values = super().clean()
        if bool(values.get("not_to")) == bool(values.get("not_to_name")) and "not_to" not in self.errors:
            self.add_error("not_to", "Choose one person, or name somebody: one of the two.")
        return values

    def details(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        name, subject = values.pop("not_to_name"), values.pop("subject")
        about = None if subject == "family" else subject
        return values | {"about": about, "not_to": values["not_to"] or name}


def _address_words(row):
    return f"Where {row.person} {'lives' if row.until is None else 'lived until ' + str(row.until)}"


class LimitEnd(forms.Form):
    """A limit that may end."""

    until = day_box("Last day on which it holds")
    reason = forms.CharField(label="Why it may end", max_length=300)


class NewLetter(forms.Form):
    """To whom a letter is, and about which children."""

    to = OneOf(label="To", widget=forms.RadioSelect)
    about = SomeOf(label="About")

    def __init__(self, *args, family, referrers=(), **kwargs):
        super().__init__(*args, **kwargs)
        living = [carer for carer in carers_of(family) if not carer.died_on]
        self.fields["to"].offer([*living, *village_of(family), *referrers])
        self.fields["about"].offer(family.infants.all())


class LetterText(forms.Form):
    """The words of a letter and what it carries beside them; which of it may be told, the action says."""

    text = words_box("The letter")
    about_appointments = words_box("Appointments and attendance", required=False)
    about_plan = words_box("The plan and its goals", required=False)
    about_progress = words_box("Progress", required=False)
    about_measures = words_box("Measures and scores", required=False)
    about_safeguarding = words_box("Safeguarding", required=False)
    details = forms.MultipleChoiceField(
        label="Also give", required=False, widget=forms.CheckboxSelectMultiple
    )
    sign = forms.BooleanField(label="Sign it", required=False)

    def __init__(self, *args, offer=None, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {_coded(row): row for row in rows}
        self.fields["details"].choices = offer.details if offer else ()

    def parts(self):
        """{code: words} of the typed parts."""
        return {code: self.cleaned_data[f"about_{code}"] for code, _ in TYPED_PARTS}

    def carried(self):
        """The carers and addresses that were ticked."""
        return [self.rows[code] for code in self.cleaned_data["details"]]


class Sending(forms.Form):
    """That a letter went, and how."""

    sent_on = day_box("On")
    sent_how = forms.ChoiceField(label="How", choices=WAYS_SENT, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = timezone.localdate()
