"""What a family is asked that asks for help: one box and one way to answer; everything else only if they like."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pairs.geography.rules import normalise_postcode
from pairs.service.models import Place
from pairs.web.date_fields import DatePartsField
from referrals.models import Concern
from referrals.rules.choices import EntryPoint
from referrals.rules.eligibility import find_infant_errors, find_reachability_errors

MAX_TEXT_LENGTH = 10_000
MIN_PHONE_DIGITS = 7  # of a phone number that can be rung without knowing the area
CONTACT_WAYS = [
    ("call", _("Call me")),
    ("text", _("Text me")),
    ("leave_message", _("Leave a message")),
    ("email", _("E-mail me")),
    ("post", _("Send me a letter")),
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
    ("other", _("Somebody else")),
]
MEETING_PLACES = [
    ("", _("I don’t mind")),
    ("home", _("At home")),
    ("hub", _("At a family hub")),
    ("phone", _("By phone")),
    ("video", _("By video")),
]
TOO_LONG_MESSAGES = {"max_length": _("Please keep this to %(limit_value)d letters or fewer")}


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
        "incomplete": _("Give a day, a month and a year, or leave all three empty"),
        "invalid": _("This is not a day in the calendar. Write it like 27 3 2026"),
    }
    return DatePartsField(label=label, help_text=hint, required=False, error_messages=complaints)


class FamilyVoiceChoiceField(forms.ModelMultipleChoiceField):
    """Concerns, each in the family's words."""

    def label_from_instance(self, concern: Concern) -> str:
        return concern.family_voice


class SelfReferralForm(forms.Form):
    """One required box, one way to answer; the rest is offered."""

    parent_says = forms.CharField(
        label=_("What’s going on?"), max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words, as much or as little as you like."),
        error_messages=TOO_LONG_MESSAGES | {"required": _("Tell us in a few words what’s going on")},
    )  # fmt: skip
    phone = make_text_field(_("Phone number"), longest=20, fill="tel")
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=TOO_LONG_MESSAGES | {"invalid": _("Write the e-mail address like name@example.com")},
    )  # fmt: skip
    address_lines = make_text_field(_("Postal address"), longest=300, rows=3, fill="street-address")
    postcode = make_text_field(_("Postcode"), longest=12, fill="postal-code")
    safe_ways = forms.MultipleChoiceField(
        label=_("Which of these are safe for us to do?"), choices=CONTACT_WAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    unsafe_ways = forms.MultipleChoiceField(
        label=_("Is there anything we must not do?"), choices=CONTACT_WAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Perhaps somebody else sees your phone, your e-mail or your post."),
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
    at_home = make_text_field(_("Who is at home?"), longest=2000, rows=2)
    others_involved = make_text_field(
        _("Is there a dad, a partner or somebody else who cares for the baby?"), longest=2000, rows=2
    )
    concerns = FamilyVoiceChoiceField(
        label=_("Does any of this sound like you?"), queryset=Concern.objects.offered(), to_field_name="code",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    hopes = make_text_field(_("What would help?"), longest=MAX_TEXT_LENGTH, rows=3)
    preferred_place = forms.ChoiceField(
        label=_("Where would you like to meet?"), choices=MEETING_PLACES, required=False
    )
    who_comes = make_text_field(_("Would you like anybody to come along?"))
    place = forms.ModelChoiceField(
        label=_("Which area do you live in?"), queryset=Place.objects.select_related("covering_site"),
        to_field_name="code", required=False, empty_label=_("I don’t know, or I’d rather not say"),
    )  # fmt: skip
    language = make_text_field(_("Which language do you like to speak?"), longest=60)
    needs_interpreter = forms.BooleanField(label=_("An interpreter would help me"), required=False)
    communication_needs = make_text_field(
        _("What helps you to read, hear or understand?"),
        help_text=_("For example large print, a signer, or short plain texts."),
    )
    access_needs = make_text_field(
        _("What helps you to come and be at ease?"), help_text=_("For example no stairs, or a quiet room.")
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

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        found = normalise_postcode(typed) if typed else ""
        if found is None:
            raise forms.ValidationError(_("Write the whole postcode, like BB1 7AA, or leave it empty"))
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        tried = {"phone", "email", "address_lines"} & set(self.errors)
        if not tried and find_reachability_errors(entry_point=EntryPoint.SELF, carers=[cleaned]):
            self.add_error(
                "phone", _("Give us one way to answer: a phone number, an e-mail or a postal address")
            )
        if (cleaned.get("asker_name") or cleaned.get("asker_role")) and not cleaned.get("parent_knows"):
            self.add_error("parent_knows", _(
                "We only get in touch with a family that knows about it. Please talk with them first, then tick this"
            ))  # fmt: skip
        self._validate_dates(cleaned)
        return cleaned

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
                "birth_date", _("This day is still to come. If your baby is on the way, give the due date")
            )
        elif born:
            self.add_error("birth_date", _(
                "We are here for children until they turn five. For an older child your GP, the school or your family"
                " hub can help, or call us. If we have the day wrong, mend it or leave it empty"
            ))  # fmt: skip
        else:
            self.add_error("estimated_due_date", _(
                "This day is too far from today. Look at the year, or leave it empty and tell us above"
            ))  # fmt: skip

    def has_input(self, *names: str) -> bool:
        """Does any of these fields have a value or an error? Then the page shows them expanded."""
        return any(name in self.errors or _has_value(self[name].data) for name in names)

    def details(self):
        """Keyword arguments of ask_for_help."""
        said = self.cleaned_data
        given, _space, family = said["carer_name"].rpartition(" ")
        told = (
            "phone",
            "email",
            "address_lines",
            "postcode",
            "relationship",
            "language",
            "needs_interpreter",
        )
        days = {name: said[name] for name in ("birth_date", "estimated_due_date")}
        carer = {name: said[name] for name in (*told, "communication_needs", "access_needs")}
        names = {"given_name": given or family, "family_name": family if given else ""}
        kept = ("parent_says", "concerns", "place", "at_home", "others_involved", "hopes", "preferred_place")
        times = ("who_comes", "best_times", "unsafe_times", "asker_name", "asker_role")
        return {
            "carer": carer | names | self._get_safe_ways(),
            "baby": _build_baby(days),
            **{name: said[name] for name in (*kept, *times)},
        }

    def _get_safe_ways(self) -> dict[str, bool | None]:
        """{may_call: True, False or None}: ticked as both safe and unsafe is False; as neither, None."""
        safe, unsafe = self.cleaned_data["safe_ways"], self.cleaned_data["unsafe_ways"]
        answers = dict.fromkeys(safe, True) | dict.fromkeys(unsafe, False)
        return {f"may_{way}": answers.get(way) for way, _label in CONTACT_WAYS}


def _has_value(data: bool | list[None] | None) -> bool:
    return any(data) if isinstance(data, list) else bool(data)


def _build_baby(days: dict[str, date | None]) -> dict[str, date | None] | None:
    """Born or due, as said; with both, it has come."""
    if days["birth_date"]:
        return days | {"estimated_due_date": None}
    return days if days["estimated_due_date"] else None
