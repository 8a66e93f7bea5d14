"""Forms of endings, for pages and the API. Their choices are passed in."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone

from interventions.endings.actions.endings import ENDING_FIELDS
from interventions.endings.actions.keepsakes import ChosenLine
from interventions.endings.keepsake_excerpts import KeepsakeExcerpt
from interventions.endings.models import Ending, WayBack
from interventions.endings.rules.endings import EndingDiscussion, EndingTiming, OutstandingItem
from interventions.endings.rules.keepsakes import MAX_LINES
from interventions.endings.rules.transitions import list_transitions
from interventions.episodes.rules import EndingReason
from pairs.families.models import Dyad, Family
from pairs.service.models import Site, User
from pairs.submissions.edits import NOTHING, format_value
from pairs.village.forms import RowChoiceField, list_carers, list_village_members, make_day_field
from pairs.village.rules import MemberKind
from pairs.web.phone_field import PhoneField


def make_optional_text_field(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    """A text field that may stay empty until the ending is complete."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, **({"widget": widget, "required": False, "max_length": 5000} | options)
    )


class EndingForm(forms.Form):
    """How the work ends. Can be saved as a draft; required fields are checked on completion."""

    conditional = (
        "ended_on",
        "reason",
        "planned",
        "together",
        "summary",
        "held_next_by",
    )  # needed of some answers

    groups = (
        ("When and why", ["ended_on", "reason", "planned", "together"]),
        (
            "What has changed and who will support the family",
            ["summary", "helped", "held_next_by", "way_back"],
        ),
        ("Preparing it together", ["preparing"]),
    )
    ended_on = make_day_field("Last day", required=False)
    reason = forms.ChoiceField(
        label="Why it ends", choices=[("", "Not known yet"), *EndingReason.choices], required=False
    )
    planned = forms.ChoiceField(
        label="Was this ending planned?", choices=EndingTiming, widget=forms.RadioSelect, required=False
    )
    together = forms.ChoiceField(
        label="Was the ending discussed with the family?",
        choices=EndingDiscussion,
        widget=forms.RadioSelect,
        required=False,
    )
    summary = make_optional_text_field(
        "What has changed",
        help_text="In words the family would recognise. If there is only one carer, it is included in their letter.",
    )
    helped = make_optional_text_field(
        "What helped", rows=3, help_text="In the family’s words. Shown again if they come back."
    )
    held_next_by = forms.CharField(
        label="Who will support the family next", max_length=200, required=False,
        help_text="For example: health visitor, family hub, grandparents.",
    )  # fmt: skip
    way_back = forms.CharField(
        label="How they can come back", max_length=300, required=False,
        help_text="For example: call the hub, or ask the health visitor to call us.",
    )  # fmt: skip
    preparing = make_optional_text_field(
        "What the last sessions are for", rows=3,
        help_text="For you and your colleagues, while the ending is prepared. Not included in any letter.",
    )  # fmt: skip
    draft = forms.BooleanField(label="Save draft, and finish another day", required=False)

    def said(self) -> dict[str, Any]:
        """The fields that the action takes."""
        return {name: self.cleaned_data[name] for name in ENDING_FIELDS}


def build_ending_initial(ending: Ending | None) -> dict[str, Any]:
    """Initial values from a saved ending."""
    if ending is None:
        return {"ended_on": timezone.localdate()}
    return {name: getattr(ending, name) for name in ENDING_FIELDS}


def describe_ending(ending: Ending | None) -> dict[str, Any]:
    """{what it is called on the page: words} of a saved ending."""
    if ending is None:
        return {}
    fields = EndingForm.base_fields
    said = {
        str(fields[name].label): format_value(fields[name], getattr(ending, name)) for name in ENDING_FIELDS
    }
    parts = {f"What has changed for {part.dyad}": part.text for part in ending.parts.all()}
    handed = {f"Reassign: {row.what}": row.to_whom for row in ending.handed_on.all()}
    return {name: words for name, words in (said | parts | handed).items() if words != NOTHING}


class OutstandingItemForm(forms.Form):
    """One outstanding item, and who takes it on."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    to_whom = forms.CharField(label="Who will take it over?", max_length=200, required=False)


OutstandingItemFormSet = forms.formset_factory(OutstandingItemForm, extra=0, max_num=200, absolute_max=200)


class ChangedPartForm(forms.Form):
    """What has changed between one infant and one carer."""

    dyad = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = make_optional_text_field("What has changed", rows=3)


ChangedPartFormSet = forms.formset_factory(ChangedPartForm, extra=0, max_num=60, absolute_max=60)


def build_outstanding_formset(
    data: QueryDict | None, open_work: list[OutstandingItem], ending: Ending | None
) -> forms.BaseFormSet:
    """The formset of outstanding items, filled in with who takes each one on."""
    said = {row.key: row.to_whom for row in ending.handed_on.all()} if ending else {}
    initial = [{"key": each.key, "to_whom": said.get(each.key, "")} for each in open_work]
    return OutstandingItemFormSet(data, initial=initial, prefix="open")


def build_changed_formset(
    data: QueryDict | None, dyads: list[Dyad], ending: Ending | None
) -> forms.BaseFormSet:
    """The formset of what has changed, one row for each dyad."""
    said = {part.dyad_id: part.text for part in ending.parts.all()} if ending else {}
    initial = [{"dyad": dyad.pk, "words": said.get(dyad.pk, "")} for dyad in dyads]
    return ChangedPartFormSet(data, initial=initial, prefix="changed")


def read_handed_on(formset: forms.BaseFormSet) -> dict[str, str]:
    """{key: who takes it on} of the rows that name somebody."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("key")]
    return {row["key"]: row["to_whom"] for row in rows if row["to_whom"]}


def read_changed_texts(formset: forms.BaseFormSet) -> dict[UUID, str]:
    """{dyad id: text} of every row sent; an empty text clears the saved one."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("dyad")]
    return {row["dyad"]: row["words"] for row in rows}


class ReopenForm(forms.Form):
    """Why an ending is undone."""

    because = forms.CharField(label="Why is it being reopened?", max_length=300)


class NewEndingLetterForm(forms.Form):
    """The recipient of a new ending letter."""

    to = RowChoiceField(label="To", widget=forms.RadioSelect)
    asked_for = forms.BooleanField(
        label="The family asked for this letter", required=False,
        help_text="Only after a baby has died: start a letter about the loss only if the family asks.",
    )  # fmt: skip

    def __init__(self, *args: Any, family: Family, referrers: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [carer for carer in list_carers(family) if not carer.died_on]
        professionals = [
            each for each in list_village_members(family) if each.kind == MemberKind.PROFESSIONAL
        ]
        self.fields["to"].offer([*living, *professionals, *referrers])


class NewKeepsakeForm(forms.Form):
    """Begin a keepsake; after a loss, confirm that the family asked for it."""

    asked_for = forms.BooleanField(label="The family asked for it", required=False)


class KeepsakeTextForm(forms.Form):
    """The title and the texts before and after the lines."""

    title = forms.CharField(label="Title", max_length=120)
    opening = make_optional_text_field("Opening words", rows=3, max_length=1000)
    closing = make_optional_text_field("Closing words", rows=3, max_length=1000)


class KeepsakeLineForm(forms.Form):
    """One line from the notes: whether it is chosen, its place, and its text in the keepsake."""

    note = forms.UUIDField(widget=forms.HiddenInput, required=False)
    use = forms.BooleanField(label="Choose this line", required=False)
    place = forms.IntegerField(label="Place", required=False, min_value=1, max_value=99)
    text = forms.CharField(
        label="In the keepsake", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


KeepsakeLineFormSet = forms.formset_factory(KeepsakeLineForm, extra=0, max_num=300, absolute_max=300)


def build_line_formset(
    data: QueryDict | None, lines: list[KeepsakeExcerpt], keepsake: Any
) -> forms.BaseFormSet:
    """The formset of every line to choose from, with the text and place of those already chosen."""
    kept = {line.note_id: line for line in keepsake.lines.all()}
    initial = [
        {
            "note": line.note_id,
            "use": line.note_id in kept,
            "place": kept[line.note_id].order if line.note_id in kept else None,
            "text": kept[line.note_id].text if line.note_id in kept else line.text[:600],
        }
        for line in lines
    ]
    return KeepsakeLineFormSet(data, initial=initial, prefix="lines")


def list_chosen_lines(formset: forms.BaseFormSet) -> list[ChosenLine]:
    """The chosen lines by place; those without a place come last, in the order of the notes."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("use")]
    rows = [row for row in rows if row.get("note") and row.get("text")][: MAX_LINES + 1]
    rows.sort(key=lambda row: row.get("place") or 100)
    return [ChosenLine(note_id=row["note"], text=row["text"]) for row in rows]


class SeenForm(forms.Form):
    """Confirms that the user has checked the preview: the digest of its exact text."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)


class TransitionForm(forms.Form):
    """The plan for one child who turns two or five."""

    child = forms.ChoiceField(label="Which child, and which birthday?", widget=forms.RadioSelect)
    who_next = forms.CharField(
        label="Support from now on?", max_length=200,
        help_text="For example: the nursery, the school nurse, the health visitor, the grandparents.",
    )  # fmt: skip
    agreed_with = forms.CharField(
        label="Who was this agreed with?", max_length=200, help_text="Name the carer and the service."
    )
    agreed_on = make_day_field("Agreed on")
    note = make_optional_text_field("What will help this child settle there", rows=3)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(infant.pk): infant for infant in family.infants.all()}
        self.fields["child"].choices = [
            (f"{each.turning}:{infant.pk}", f"{infant}: {each.words.lower()} on {each.birthday:%-d %B %Y}")
            for infant in self.children.values()
            for each in list_transitions(infant.birth_date, lost=bool(infant.lost_on))
        ]

    def details(self) -> dict[str, Any]:
        """Keyword arguments of the action."""
        values = dict(self.cleaned_data)
        turning, _, pk = values.pop("child").partition(":")
        return values | {"turning": turning, "infant": self.children[pk]}


class WayBackForm(forms.Form):
    """The return card of a site in one language."""

    site = forms.ModelChoiceField(Site.objects.all(), label="Site", to_field_name="code", empty_label=None)
    language = forms.CharField(label="Language", max_length=60, initial="English")
    title = forms.CharField(label="Title", max_length=80, initial="You can come back")
    words = forms.CharField(
        label="What the card says", max_length=400, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Plain and short, to fit a small card. Do not name anyone.",
    )  # fmt: skip
    phone = PhoneField(required=True)
    hours = forms.CharField(label="When the phone is answered", max_length=120, required=False)


def build_way_back_initial(way_back: WayBack) -> dict[str, str]:
    """Initial values from an existing card."""
    names = ("language", "title", "words", "phone", "hours")
    return {name: getattr(way_back, name) for name in names} | {"site": way_back.site.code}
