"""Forms of a roster: which families join, who of them comes, and leaving."""

from django import forms

from interventions.episodes.forms.episodes import day_box
from interventions.groups.models import Programme
from interventions.groups.roster import named
from pairs.families.models import Infant


def guests_to_choose(family):
    """[(value, name)] of whoever of the family can come. The family comes from with_people()."""
    return [(value_of(person), named(person)) for person in _living(family)]


def value_of(person):
    """How a form names a person: "infant:…" or "caregiver:…"."""
    return f"{person._meta.model_name}:{person.pk}"


def _living(family):
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    infants = [infant for infant in family.infants.all() if not infant.lost_on]
    return [*infants, *(carer for carer in carers if not carer.died_on)]


class Guests(forms.Form):
    """Who of a family comes. Without a family there is nobody to choose."""

    people = forms.MultipleChoiceField(label="Who comes?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = guests_to_choose(family)
        self.by_value = {value_of(person): person for person in _living(family)}

    def chosen(self):
        """The people themselves."""
        return [self.by_value[value] for value in self.cleaned_data["people"]]


class NewPlace(Guests):
    """A family joins a group, from its episode's page."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label="Which group?", empty_label=None)
    joined_on = day_box("From")
    field_order = ("programme", "people", "joined_on")

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes


def usual_guests(episode):
    """Infants and carers of the relationships in focus; of a carer's own episode, that carer."""
    if episode.referral.patient:
        return [episode.referral.patient]
    dyads = [each for each in episode.focus.all() if not each.is_out_of_sight and not each.infant.lost_on]
    people = [*(each.infant for each in dyads), *(each.caregiver for each in dyads)]
    return list({person.pk: person for person in people if _can_come(person)}.values())


def _can_come(person):
    gone = person.lost_on if isinstance(person, Infant) else person.died_on
    return not (gone or person.is_out_of_sight)


def label_of(episode):
    """An episode in a list of families: who would come, and with whom they work."""
    people = ", ".join(named(person) for person in usual_guests(episode))
    return f"{people}. With {episode.lead}"


class NewPlaces(forms.Form):
    """Families join a group, from the group's page: several at once."""

    episodes = forms.MultipleChoiceField(label="Which families join?", widget=forms.CheckboxSelectMultiple)
    joined_on = day_box("From")

    def __init__(self, *args, episodes, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {str(each.pk): each for each in episodes}
        self.fields["episodes"].choices = [(pk, label_of(each)) for pk, each in self.by_id.items()]

    def chosen(self):
        """[(episode, its usual guests)]."""
        episodes = [self.by_id[pk] for pk in self.cleaned_data["episodes"]]
        return [(each, usual_guests(each)) for each in episodes]


class Leaving(forms.Form):
    """A family's last day in the group."""

    left_on = day_box("Last day in the group")
    because = forms.CharField(label="Why, as far as you know?", max_length=300)
