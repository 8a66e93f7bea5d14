"""Forms of endings: the one parser of what pages and the API send. What they offer is handed to them."""

from django import forms
from django.utils import timezone

from interventions.endings.actions.endings import SAID
from interventions.endings.actions.keepsakes import Chosen
from interventions.endings.models import WayBack
from interventions.endings.rules.endings import PLANNED, TOGETHER
from interventions.endings.rules.keepsakes import MOST_LINES
from interventions.endings.rules.transitions import transitions
from interventions.episodes.rules import ENDING_REASONS
from pairs.service.models import Site
from pairs.village.forms import OneOf, carers_of, day_box, village_of


def words_box(label, rows=4, **options):
    """A text that may stay empty until the ending is complete."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, **({"widget": widget, "required": False, "max_length": 5000} | options)
    )


class EndingForm(forms.Form):
    """How the work ends. Saved as often as one likes; what has to be said is asked when it is completed."""

    groups = (
        ("When and why", ["ended_on", "reason", "planned", "together"]),
        ("What has changed, and who is there next", ["summary", "helped", "held_next_by", "way_back"]),
        ("Preparing it together", ["preparing"]),
    )
    ended_on = day_box("Last day", required=False)
    reason = forms.ChoiceField(
        label="Why it ends", choices=[("", "Not known yet"), *ENDING_REASONS], required=False
    )
    planned = forms.ChoiceField(
        label="Was this ending planned?", choices=PLANNED, widget=forms.RadioSelect, required=False
    )
    together = forms.ChoiceField(
        label="Was it talked over with the family?",
        choices=TOGETHER,
        widget=forms.RadioSelect,
        required=False,
    )
    summary = words_box(
        "What has changed",
        help_text="In words the family would recognise. Somebody who is the only carer gets it in their letter.",
    )
    helped = words_box(
        "What helped", rows=3, help_text="As the family says it. It is there again if they come back."
    )
    held_next_by = forms.CharField(
        label="Who holds the family next", max_length=200, required=False,
        help_text="For example: health visitor, family hub, grandparents.",
    )  # fmt: skip
    way_back = forms.CharField(
        label="How they can come back", max_length=300, required=False,
        help_text="For example: ring the hub, or ask the health visitor to ring us.",
    )  # fmt: skip
    preparing = words_box(
        "What the last sessions are for", rows=3,
        help_text="For yourself and your colleagues, while the ending is prepared. It stands in no letter.",
    )  # fmt: skip
    draft = forms.BooleanField(label="Save it for now, and go on another day", required=False)

    def said(self):
        """What the action takes of it."""
        return {name: self.cleaned_data[name] for name in SAID}


def values_of(ending):
    """What is saved, as the form's values."""
    if ending is None:
        return {"ended_on": timezone.localdate()}
    return {name: getattr(ending, name) for name in SAID}


class OpenThing(forms.Form):
    """One thing that is still open, and who takes it on."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    to_whom = forms.CharField(label="Who takes it on?", max_length=200, required=False)


OpenThings = forms.formset_factory(OpenThing, extra=0, max_num=200, absolute_max=200)


class Changed(forms.Form):
    """What has changed between one infant and one carer."""

    dyad = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = words_box("What has changed", rows=3)


ChangedParts = forms.formset_factory(Changed, extra=0, max_num=60, absolute_max=60)


def open_things(data, open_work, ending):
    """The formset of what is open, with who takes it on as far as it is said."""
    said = {row.key: row.to_whom for row in ending.handed_on.all()} if ending else {}
    initial = [{"key": each.key, "to_whom": said.get(each.key, "")} for each in open_work]
    return OpenThings(data, initial=initial, prefix="open")


def changed_parts(data, dyads, ending):
    """The formset of what has changed, one row for each two."""
    said = {part.dyad_id: part.text for part in ending.parts.all()} if ending else {}
    initial = [{"dyad": dyad.pk, "words": said.get(dyad.pk, "")} for dyad in dyads]
    return ChangedParts(data, initial=initial, prefix="changed")


def handed_on(formset):
    """{key: who takes it on} of the rows that say somebody."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("key")]
    return {row["key"]: row["to_whom"] for row in rows if row["to_whom"]}


def changed(formset):
    """{dyad id: words} of every row sent; emptied words are emptied."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("dyad")]
    return {row["dyad"]: row["words"] for row in rows}


class Reopen(forms.Form):
    """Why an ending is undone."""

    because = forms.CharField(label="Why is it opened again?", max_length=300)


class NewEndingLetter(forms.Form):
    """To whom a letter about the ending is begun."""

    to = OneOf(label="To", widget=forms.RadioSelect)
    asked_for = forms.BooleanField(
        label="The family asked for this letter", required=False,
        help_text="Only after a baby has died: no letter about the loss is begun without being asked for.",
    )  # fmt: skip

    def __init__(self, *args, family, referrers=(), **kwargs):
        super().__init__(*args, **kwargs)
        living = [carer for carer in carers_of(family) if not carer.died_on]
        professionals = [each for each in village_of(family) if each.kind == "professional"]
        self.fields["to"].offer([*living, *professionals, *referrers])


class NewKeepsake(forms.Form):
    """That one is begun; after a loss, that it was asked for."""

    asked_for = forms.BooleanField(label="The family asked for it", required=False)


class KeepsakeText(forms.Form):
    """The words around the lines."""

    title = forms.CharField(label="Title", max_length=120)
    opening = words_box("A few words to begin with", rows=3, max_length=1000)
    closing = words_box("A few words to end with", rows=3, max_length=1000)


class LineForm(forms.Form):
    """One line from the notes: whether it is chosen, where it stands, and its words in the keepsake."""

    note = forms.UUIDField(widget=forms.HiddenInput, required=False)
    use = forms.BooleanField(label="Choose this line", required=False)
    place = forms.IntegerField(label="Place", required=False, min_value=1, max_value=99)
    text = forms.CharField(
        label="In the keepsake", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


LineForms = forms.formset_factory(LineForm, extra=0, max_num=300, absolute_max=300)


def line_forms(data, lines, keepsake):
    """Every line that may be chosen, those that are chosen already with their words and place."""
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
    return LineForms(data, initial=initial, prefix="lines")


def chosen_lines(formset):
    """The lines that are chosen, in their places; those without one come last, in the order of the notes."""
    rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("use")]
    rows = [row for row in rows if row.get("note") and row.get("text")][: MOST_LINES + 1]
    rows.sort(key=lambda row: row.get("place") or 100)
    return [Chosen(note_id=row["note"], text=row["text"]) for row in rows]


class Seen(forms.Form):
    """That somebody has looked at it on paper: a mark of the very words."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)


class Transition(forms.Form):
    """What was agreed about one child who turns two or five. Without a family there is nobody to choose."""

    child = forms.ChoiceField(label="Which child, and which birthday?", widget=forms.RadioSelect)
    who_next = forms.CharField(
        label="Who is there next?", max_length=200,
        help_text="For example: the nursery, the school nurse, the health visitor, the grandparents.",
    )  # fmt: skip
    agreed_with = forms.CharField(
        label="With whom was this agreed?", max_length=200, help_text="Name the carer and the service."
    )
    agreed_on = day_box("Agreed on")
    note = words_box("What helps this child to arrive there", rows=3)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.children = {str(infant.pk): infant for infant in family.infants.all()}
        self.fields["child"].choices = [
            (f"{each.turning}:{infant.pk}", f"{infant}: {each.words.lower()} on {each.birthday:%-d %B %Y}")
            for infant in self.children.values()
            for each in transitions(infant.birth_date, lost=bool(infant.lost_on))
        ]

    def details(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        turning, _, pk = values.pop("child").partition(":")
        return values | {"turning": turning, "infant": self.children[pk]}


class WayBackForm(forms.Form):
    """The card of a site in one language."""

    site = forms.ModelChoiceField(Site.objects.all(), label="Site", to_field_name="code", empty_label=None)
    language = forms.CharField(label="Language", max_length=60, initial="English")
    title = forms.CharField(label="Title", max_length=80, initial="You can come back")
    words = forms.CharField(
        label="What the card says", max_length=400, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Plain and short: it has to fit on a small card. Name nobody.",
    )  # fmt: skip
    phone = forms.CharField(label="Phone", max_length=20)
    hours = forms.CharField(label="When somebody answers", max_length=120, required=False)


def card_values(way_back: WayBack):
    """A card as the form's initial values."""
    names = ("language", "title", "words", "phone", "hours")
    return {name: getattr(way_back, name) for name in names} | {"site": way_back.site.code}
