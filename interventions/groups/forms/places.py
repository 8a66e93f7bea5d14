"""Forms of places in a group: families join, who comes, leaving."""

from typing import Any

from django import forms

from interventions.episodes.models import Episode
from interventions.groups.models import Programme, ProgrammeQuerySet
from interventions.groups.roster import get_guest_name
from pairs.families.last_day import has_died, list_living
from pairs.families.models import Family
from pairs.web.date_fields import make_day_field


def list_guest_choices(family: Family) -> list[tuple[str, str]]:
    """[(value, name)] of the family's people who can come. The family comes from with_people()."""
    return [(get_person_value(person), get_guest_name(person)) for person in _list_living(family)]


def get_person_value(person: Any) -> str:
    """The form value of a person: "infant:…" or "caregiver:…"."""
    return f"{person._meta.model_name}:{person.pk}"


def _list_living(family: Family) -> list[Any]:
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return list_living([*family.infants.all(), *carers])


class GuestsForm(forms.Form):
    """Who of a family comes."""

    people = forms.MultipleChoiceField(label="Who will attend?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list_guest_choices(family)
        self.by_value = {get_person_value(person): person for person in _list_living(family)}

    def chosen(self):
        """The chosen people."""
        return [self.by_value[value] for value in self.cleaned_data["people"]]


class NewPlaceForm(GuestsForm):
    """A family joins a group, from its episode's page."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label="Which group?", empty_label=None)
    joined_on = make_day_field("From")
    field_order = ("programme", "people", "joined_on")

    def __init__(self, *args: Any, programmes: ProgrammeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes


def list_usual_guests(episode: Any) -> list[Any]:
    """Infants and carers of the dyads in focus; in a carer's own episode, that carer."""
    if episode.referral.patient:
        return [each for each in [episode.referral.patient] if _can_come(each)]
    dyads = [each for each in episode.focus.all() if not each.is_hidden and not each.infant.lost_on]
    people = [*(each.infant for each in dyads), *(each.caregiver for each in dyads)]
    return list({person.pk: person for person in people if _can_come(person)}.values())


def _can_come(person: Any) -> bool:
    return not (has_died(person) or person.is_hidden)


def format_family_label(episode: Episode) -> str:
    """The label of an episode in the list of families: who would come, and the lead."""
    people = ", ".join(get_guest_name(person) for person in list_usual_guests(episode))
    return f"{people}. With {episode.lead}"


class NewPlacesForm(forms.Form):
    """Several families join a group, from the group's page."""

    episodes = forms.MultipleChoiceField(label="Which families join?", widget=forms.CheckboxSelectMultiple)
    joined_on = make_day_field("From")

    def __init__(self, *args: Any, episodes: list[Episode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(each.pk): each for each in episodes}
        self.fields["episodes"].choices = [(pk, format_family_label(each)) for pk, each in self.by_id.items()]

    def chosen(self):
        """[(episode, its usual guests)]."""
        episodes = [self.by_id[pk] for pk in self.cleaned_data["episodes"]]
        return [(each, list_usual_guests(each)) for each in episodes]


class LeavingForm(forms.Form):
    """A family's last day in the group."""

    left_on = make_day_field("Last day in the group")
    because = forms.CharField(label="Why, if known?", max_length=300)
