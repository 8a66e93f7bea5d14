"""What a family is asked that asks for help: one box and one way to answer; everything else only if they like."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pairs.families.forms import PostcodeField
from pairs.families.whole_names import split_whole_name
from pairs.service.models import Place
from pairs.web.date_fields import DatePartsField
from pairs.web.phone_field import PhoneField
from referrals.models import Concern
from referrals.rules.choices import EntryPoint
from referrals.rules.eligibility import find_infant_errors, find_reachability_errors, find_safe_ways

MAX_TEXT_LENGTH = 10_000
MIN_PHONE_DIGITS = 7  # of a phone number that can be rung without knowing the area
CONTACT_WAYS = [
    ("call", _("Call me")),
    ("text", _("Text me")),
    ("leave_message", _("Leave a message")),
    ("email", _("E-mail me")),
    ("post", _("Send me a letter")),
]
BIRTH_CHOICES = [
    ("", _("I’d rather not say yet")),
    ("1", _("One baby")),
    ("2", _("Twins")),
    ("3", _("Triplets")),
    ("4", _("Four babies")),
]
RELATIONSHIP_CHOICES = [
    ("", _("I’d rather not say yet")),
    ("mother", _("The baby’s mum")),
    ("father", _("The baby’s dad")),
    ("partner", _("A parent’s partner")),
    ("grandparent", _("A grandparent")),
    ("foster_carer", _("A foster carer")),
    ("kinship_carer", _("A relative or friend who brings the baby up")),
    ("adoptive_parent", _("An adoptive parent")),
    ("other", _("Someone else")),
]
MEETING_PLACES = [
    ("", _("I don’t mind")),
    ("home", _("At home")),
    ("hub", _("At a family hub")),
    ("phone", _("By phone")),
    ("video", _("By video")),
]
TOO_LONG_MESSAGES = {"max_length": _("Shorten this to %(limit_value)d characters or fewer")}


def make_text_field(
    label: Any, *, longest: int = 200, rows: int | None = None, fill: str = "", **options: Any
) -> forms.CharField:
    """An optional text field. ``fill``: the HTML autocomplete value."""
    known = {"autocomplete": fill} if fill else {}
    widget = {
        "widget": forms.Textarea(attrs={"rows": rows} | known) if rows else forms.TextInput(attrs=known)
    }
    complaints = {"error_messages": TOO_LONG_MESSAGES | options.pop("error_messages", {})}
    return forms.CharField(label=label, max_length=longest, required=False, **widget, **complaints, **options)


def make_date_field(label: Any, hint: Any) -> DatePartsField:
    """An optional date field."""
    complaints = {
        "incomplete": _("Enter a day, a month and a year, or leave all three empty"),
        "invalid": _("This is not a real date. Write it like 27 3 2026"),
    }
    return DatePartsField(label=label, help_text=hint, required=False, error_messages=complaints)


MAX_NAMES_LENGTH = 200
MAX_NAME_LENGTH = 80  # of a given or a family name
# Between the names of babies: each on its line, or "Ava and Max", "Ava, Max", "Ava & Max".
NAME_SEPARATOR = re.compile(r"[\r\n,;&+]+|\s+and\s+", re.IGNORECASE)


class FamilyVoiceChoiceField(forms.ModelMultipleChoiceField):
    """Concerns, each in the family's words."""

    def label_from_instance(self, concern: Concern) -> str:
        return concern.family_voice


class SelfReferralForm(forms.Form):
    """One required box, one way to answer; the rest is offered."""

    conditional = (
        "phone",
        "email",
        "address_lines",
        "plurality",
    )  # one of the first three; how many of several

    parent_says = forms.CharField(
        label=_("What’s going on?"), max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words, as much or as little as you like."),
        error_messages=TOO_LONG_MESSAGES | {"required": _("Tell us in a few words what’s going on")},
    )  # fmt: skip
    phone = PhoneField(
        _("Phone number"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        error_messages=TOO_LONG_MESSAGES,
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=TOO_LONG_MESSAGES | {"invalid": _("Write the e-mail address like name@example.com")},
    )  # fmt: skip
    address_lines = make_text_field(_("Postal address"), longest=300, rows=3, fill="street-address")
    postcode = PostcodeField(
        label=_("Postcode"), widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages=TOO_LONG_MESSAGES | {
            "invalid": _("Write the whole postcode, like BB1 7AA, or leave it empty"),
            "mistyped": _("Do you mean %(reading)s? Send it to confirm; otherwise correct it or leave it empty"),
        },
    )  # fmt: skip
    safe_ways = forms.MultipleChoiceField(
        label=_("Which of these are safe for us to do?"), choices=CONTACT_WAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    unsafe_ways = forms.MultipleChoiceField(
        label=_("Is there anything we must not do?"), choices=CONTACT_WAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For example, if someone else sees your phone, e-mail or post."),
    )  # fmt: skip
    unsafe_times = make_text_field(_("When must we not make contact?"))
    best_times = make_text_field(_("When is a good time?"))

    carer_name = make_text_field(_("What is your name?"), longest=120, fill="name")
    relationship = forms.ChoiceField(
        label=_("Who are you to the baby?"), choices=RELATIONSHIP_CHOICES, required=False
    )
    estimated_due_date = make_date_field(
        _("If your baby is on the way: when is your baby due?"), _("A best guess will do.")
    )
    birth_date = make_date_field(
        _("If your baby is here: when is your baby’s birthday?"), _("For example 27 3 2026")
    )
    plurality = forms.TypedChoiceField(
        label=_("Is it one baby, or twins or more?"), choices=BIRTH_CHOICES, coerce=int, empty_value=None,
        required=False, help_text=_("Count a baby who has died, too."),
    )  # fmt: skip
    baby_names = make_text_field(
        _("What is your baby called?"), longest=MAX_NAMES_LENGTH, rows=2,
        help_text=_("Of twins or more, write each name on its own line. Leave it empty if there is no name yet."),
    )  # fmt: skip
    other_carer_name = make_text_field(
        _("If someone else brings the baby up with you: what is their name?"), longest=120
    )
    other_carer_relationship = forms.ChoiceField(
        label=_("Who are they to the baby?"), choices=RELATIONSHIP_CHOICES, required=False
    )
    others_involved = make_text_field(
        _("Is there anything we should know about those who care for the baby?"), longest=2000, rows=2,
        help_text=_("For example a dad or a partner who lives elsewhere."),
    )  # fmt: skip
    at_home = make_text_field(_("Who is at home?"), longest=2000, rows=2)
    concerns = FamilyVoiceChoiceField(
        label=_("Does any of this sound like you?"), queryset=Concern.objects.offered(), to_field_name="code",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    hopes = make_text_field(_("What would help?"), longest=MAX_TEXT_LENGTH, rows=3)
    preferred_place = forms.ChoiceField(
        label=_("Where would you like to meet?"), choices=MEETING_PLACES, required=False
    )
    who_comes = make_text_field(_("Would you like anyone to come along?"))
    place = forms.ModelChoiceField(
        label=_("Which area do you live in?"), queryset=Place.objects.select_related("covering_site"),
        to_field_name="code", required=False, empty_label=_("I don’t know, or I’d rather not say"),
    )  # fmt: skip
    language = make_text_field(_("Which language do you prefer to speak?"), longest=60)
    needs_interpreter = forms.BooleanField(label=_("An interpreter would help me"), required=False)
    communication_needs = make_text_field(
        _("Do you need help to read, hear or understand?"),
        help_text=_("For example large print, a sign language interpreter, or short plain texts."),
    )
    access_needs = make_text_field(
        _("What would make it easier for you to come?"),
        help_text=_("For example no stairs, or a quiet room."),
    )
    asker_name = make_text_field(_("Your own name"), longest=120)
    asker_role = make_text_field(_("How do you know the family?"), longest=120)
    parent_knows = forms.BooleanField(
        label=_("The family knows that I am asking, and agrees"), required=False
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and sum(each.isdigit() for each in typed) < MIN_PHONE_DIGITS:
            raise forms.ValidationError(_("Write the whole phone number, with its area code"))
        return typed

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        tried = {"phone", "email", "address_lines"} & set(self.errors)
        if not tried and find_reachability_errors(entry_point=EntryPoint.SELF, carers=[cleaned]):
            self.add_error(
                "phone", _("Give us one way to contact you: a phone number, an e-mail or a postal address")
            )
        if (cleaned.get("asker_name") or cleaned.get("asker_role")) and not cleaned.get("parent_knows"):
            self.add_error("parent_knows", _(
                "We contact a family only if they know about it. Please talk to them first, then tick this"
            ))  # fmt: skip
        self._validate_ways(cleaned)
        self._validate_dates(cleaned)
        self._validate_name_lengths(cleaned)
        self._validate_names(cleaned)
        return cleaned

    def _validate_ways(self, cleaned: Any) -> None:
        """No way is both safe and not; and of the ways that were given to answer, one may be used."""
        safe, unsafe = (cleaned.get(name) or () for name in ("safe_ways", "unsafe_ways"))
        both = [str(label) for way, label in CONTACT_WAYS if way in safe and way in unsafe]
        if both:
            self.add_error("unsafe_ways", _(
                "“%(ways)s” is ticked as safe and as something we must not do. Tick it in one place only"
            ) % {"ways": "”, “".join(both)})  # fmt: skip
        elif not self.errors and not find_safe_ways(cleaned, unsafe):
            self.add_error("unsafe_ways", _(
                "We must not use any way to answer that you gave us. Give us one that is safe, or call us"
            ))  # fmt: skip

    def _validate_dates(self, cleaned: Any) -> None:
        """Apply the common date rule, with messages worded for families."""
        born, due = cleaned.get("birth_date"), cleaned.get("estimated_due_date")
        why = find_infant_errors(
            born=born, due=due, nhs_number="", on=timezone.localdate(), dates_needed=False
        )
        if not why:
            return
        if born and born > timezone.localdate():
            self.add_error(
                "birth_date", _("This date is in the future. If your baby is on the way, give the due date")
            )
        elif born:
            self.add_error("birth_date", _(
                "We are here for children until they turn five. For an older child your GP, the school or "
                "your family hub can help, or call us. If the date is wrong, correct it or leave it empty"
            ))  # fmt: skip
        else:
            self.add_error("estimated_due_date", _(
                "This date is too far from today. Check the year, or leave it empty and tell us above"
            ))  # fmt: skip

    def _validate_name_lengths(self, cleaned: Any) -> None:
        """Each part of a name fits into its place in a record: one long word would not."""
        typed = {name: [cleaned.get(name) or ""] for name in ("carer_name", "other_carer_name")}
        typed["baby_names"] = split_baby_names(cleaned.get("baby_names") or "")
        for field, names in typed.items():
            if any(len(part) > MAX_NAME_LENGTH for name in names for part in split_whole_name(name)):
                message = TOO_LONG_MESSAGES["max_length"] % {"limit_value": MAX_NAME_LENGTH}
                self.add_error(field, message)

    def _validate_names(self, cleaned: Any) -> None:
        """As many names as babies at most: of several, whether they were born together is asked, never assumed."""
        names, babies = split_baby_names(cleaned.get("baby_names") or ""), cleaned.get("plurality")
        if len(names) <= (babies or 1) or {"plurality", "baby_names"} & set(self.errors):
            return
        if babies is None:
            self.add_error("plurality", _(
                "You gave %(count)s names. Choose how many babies were born together. If they were not, leave the "
                "name of the youngest, and tell us about the others above"
            ) % {"count": len(names)})  # fmt: skip
        else:
            self.add_error("baby_names", _(
                "You gave %(count)s names. Give no more names than babies, or choose how many babies there are"
            ) % {"count": len(names)})  # fmt: skip

    def has_input(self, *names: str) -> bool:
        """Does any of these fields have a value or an error? Then the page shows them expanded."""
        return any(name in self.errors or _has_value(self[name].data) for name in names)

    def details(self):
        """Keyword arguments of ask_for_help."""
        said = self.cleaned_data
        given, family = split_whole_name(said["carer_name"])
        told = (
            "phone",
            "email",
            "address_lines",
            "postcode",
            "relationship",
            "language",
            "needs_interpreter",
        )
        carer = {name: said[name] for name in (*told, "communication_needs", "access_needs")}
        names = {"given_name": given, "family_name": family}
        kept = ("parent_says", "concerns", "place", "at_home", "others_involved", "hopes", "preferred_place")
        times = ("who_comes", "best_times", "unsafe_times", "asker_name", "asker_role")
        return {
            "carers": [carer | names | self._get_safe_ways(), *_build_other_carer(said)],
            "babies": _build_babies(said),
            **{name: said[name] for name in (*kept, *times)},
        }

    def _get_safe_ways(self) -> dict[str, bool | None]:
        """{may_call: True, False or None}: what is ticked nowhere is None."""
        safe, unsafe = self.cleaned_data["safe_ways"], self.cleaned_data["unsafe_ways"]
        answers = dict.fromkeys(safe, True) | dict.fromkeys(unsafe, False)
        return {f"may_{way}": answers.get(way) for way, _label in CONTACT_WAYS}


def _has_value(data: bool | list[None] | None) -> bool:
    return any(data) if isinstance(data, list) else bool(data)


def split_baby_names(text: str) -> list[str]:
    """The names in one box, in their order, whichever way they are kept apart."""
    return [name for each in NAME_SEPARATOR.split(text) if (name := " ".join(each.split()))]


def _build_babies(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Each baby of the birth, born or due as said, twins in their order; [] where nothing was said of a baby.

    With both days, it has come.
    """
    names, plurality = split_baby_names(said["baby_names"]), said["plurality"]
    born = said["birth_date"]
    due = None if born else said["estimated_due_date"]
    count = plurality or 1
    if not (born or due or names or count > 1):
        return []
    birth = {"birth_date": born, "estimated_due_date": due, "plurality": plurality}
    return [
        birth
        | dict(zip(("given_name", "family_name"), split_whole_name(name), strict=True))
        | ({"twin_order": order} if count > 1 else {})
        for order, name in enumerate([*names, *[""] * (count - len(names))], 1)
    ]


def _build_other_carer(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Who else brings the baby up, by name or by who they are. How it is safe to reach them is not known."""
    given, family = split_whole_name(said["other_carer_name"])
    relationship = said["other_carer_relationship"]
    if not (given or family or relationship):
        return []
    return [{"given_name": given, "family_name": family, "relationship": relationship}]
