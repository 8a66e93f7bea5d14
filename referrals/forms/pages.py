"""Pages of a referral that name nobody: permission, concerns, meeting, asker; and the whole referral."""

from typing import Any

from django import forms

from pairs.web.phone_field import PhoneField
from referrals.forms.districts import DistrictField
from referrals.forms.voices import apply_voice
from referrals.models import Concern
from referrals.rules.choices import PREFERRED_PLACES, SOURCES, PermissionBasis, ProfessionalGroup

MAX_TEXT_LENGTH = 10_000
TEXT_AREA = forms.Textarea


def make_short_field(label: str, most: int = 200, hint: str = "", **options: Any) -> forms.CharField:
    """A line of text that nobody has to fill in."""
    return forms.CharField(label=label, max_length=most, required=False, help_text=hint, **options)


def make_long_field(label: str, hint: str = "", **options: Any) -> forms.CharField:
    """Some sentences that nobody has to write."""
    return forms.CharField(
        label=label, max_length=MAX_TEXT_LENGTH, required=False, widget=TEXT_AREA, help_text=hint, **options
    )


class PermissionPage(forms.Form):
    """May this family be talked about, and on what ground?"""

    reveals = {"permission": {PermissionBasis.LAWFUL_BASIS: "permission_reason"}}
    permission = forms.ChoiceField(
        label="Does the parent know about this referral, and agree?",
        choices=PermissionBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the parent agrees, or the lawful basis"},
    )
    permission_reason = forms.CharField(
        label="What is the lawful basis, and why?",
        max_length=2000,
        required=False,
        widget=TEXT_AREA,
        help_text="For example a baby looked after by the local authority, court work, or a child at risk.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned.get("permission") == PermissionBasis.LAWFUL_BASIS and not cleaned.get("permission_reason"):
            self.add_error(
                "permission_reason", "Enter the reason for referring without the parent's agreement"
            )
        return cleaned


class ConcernChoiceField(forms.ModelMultipleChoiceField):
    """The concerns that are offered, in the voice of whoever speaks."""

    parents_voice = False

    def label_from_instance(self, concern: Concern) -> str:
        return concern.family_voice if self.parents_voice else concern.professional_voice


class NoticedPage(forms.Form):
    """What was noticed, what the parent says, and what they hope for."""

    conditional = ("parent_says",)  # needed of some answers

    concerns = ConcernChoiceField(
        label="Select any that apply",
        queryset=Concern.objects.filter(retired_on=None),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    noticed = forms.CharField(
        label="What have you noticed between the baby and carers?",
        max_length=MAX_TEXT_LENGTH,
        widget=TEXT_AREA,
        help_text="In your own words. What might the baby be telling us?",
        error_messages={"required": "Enter what you have noticed, in a sentence or two"},
    )
    parent_says = make_long_field("What does the parent say?", "In their own words, as near as you can.")
    hopes = make_long_field("What do they hope for?")

    def __init__(self, *args: Any, voice: str = "own", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].parents_voice = voice == "parent"
        apply_voice(self, voice)
        if voice == "parent":  # their own words are the heart of it; nobody else has to have noticed anything
            self.fields["noticed"].required = False
            self.fields["parent_says"].required = True


class AskerFields(forms.Form):
    """Who asks: an account knows most of it, a caller or another system says it."""

    asker_name = make_short_field("Your name", 120)
    asker_role = make_short_field("Your role", 120, "For example: health visitor, nursery nurse.")
    asker_group = forms.ChoiceField(
        label="Your professional group", choices=[("", "Choose"), *ProfessionalGroup.choices], required=False
    )
    asker_organisation = make_short_field("Your organisation", 120)
    asker_phone = PhoneField("A phone number to reach you")


class MeetingFields(forms.Form):
    """Who is around the baby, where they live, and how it is good and safe to meet."""

    place = DistrictField("Which district does the baby live in?", "Choose the district the baby lives in")
    at_home = make_long_field("Who is at home?")
    others_involved = make_long_field(
        "Who else is involved?", "For example a midwife, a social worker, a grandmother who helps."
    )
    preferred_place = forms.ChoiceField(
        label="Where would the family like to meet?", choices=PREFERRED_PLACES, required=False
    )
    who_comes = make_short_field("Who will come along?")
    best_times = make_short_field("Good days and times for them")
    unsafe_times = make_short_field("When must we not make contact?")
    safe_contact = make_short_field(
        "How and when is it safe to make contact?", hint="For example: text first, never after five."
    )
    first_visit_together = forms.BooleanField(label="I would like to come to the first visit", required=False)


class InvolvedPage(MeetingFields, AskerFields):
    """Who is involved, how to meet, and who refers."""

    MEETING, TIMES, ABOUT_YOU = "People around the baby", "Times and safe contact", "About you"
    groups = [
        (
            MEETING,
            ["place", "others_involved", "at_home", "preferred_place", "who_comes", "first_visit_together"],
        ),
        (TIMES, ["best_times", "unsafe_times", "safe_contact"]),
        (ABOUT_YOU, ["asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone"]),
    ]

    def __init__(self, *args: Any, voice: str = "own", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        apply_voice(self, voice)


class IntroducedPage(InvolvedPage):
    """The same of somebody without an account, who has to say who they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("asker_name", "asker_group", "asker_organisation"):
            self.fields[name].required = True


class MeetingPage(MeetingFields):
    """Who is involved and how to meet, where who asks has been said before."""

    groups = InvolvedPage.groups[:2]

    def __init__(self, *args: Any, voice: str = "own", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        apply_voice(self, voice)


class CallerPage(AskerFields, PermissionPage):
    """Who rang, and whether the family may be talked about."""

    source_code = forms.ChoiceField(
        label="Who made the referral?",
        choices=[("", "Choose"), *SOURCES],
        error_messages={"required": "Choose who made the referral; “Self” for a parent"},
        help_text="From the national list: “Self” for a parent, “Carer or relative” for a grandparent or friend.",
    )
    asker_email = forms.EmailField(label="Their e-mail address", max_length=254, required=False)
    groups = [
        (
            None,
            ["asker_name", "asker_role", "source_code", "asker_phone", "asker_email", "asker_group",
             "asker_organisation"],
        ),
        ("May we talk about the family?", ["permission", "permission_reason"]),
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        apply_voice(self, "caller")
        self.fields["asker_name"].required = True


class WholeReferralForm(PermissionPage, NoticedPage, MeetingFields, AskerFields):
    """Every page as one form: what the API reads, beside the two formsets."""

    conditional = ("parent_says",)  # needed of some answers

    asker_email = forms.EmailField(label="E-mail address of the caller", max_length=254, required=False)
