"""Forms of filming: the one parser of what pages and the API send about a cycle."""

from django import forms

from interventions.episodes.forms.episodes import day_box, dyads_to_choose
from interventions.episodes.models import Intervention
from pairs.families.models import Caregiver, Dyad

AGREED_TO = "To be filmed together, and to watch the film with us"


class NewFilmCycle(forms.Form):
    """Who is filmed, and who agreed to what. Without a family there is nobody to choose."""

    dyad = forms.ModelChoiceField(Dyad.objects.none(), label="Who is filmed?", empty_label=None)
    intervention = forms.ModelChoiceField(
        Intervention.objects.offered(),
        label="Way of working",
        to_field_name="code",
        empty_label=None,
    )
    consent_by = forms.ModelChoiceField(Caregiver.objects.none(), label="Who agreed?", empty_label=None)
    consented_on = day_box("Agreed on")
    consent_for = forms.CharField(
        label="What did they agree to?",
        max_length=300,
        initial=AGREED_TO,
        help_text="Say who may see the film, and whether anything more was agreed.",
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dyad"].queryset = dyads_to_choose(family).filter(infant__lost_on=None)
        self.fields["consent_by"].queryset = carers_of(family)


def carers_of(family):
    """The family's carers, to choose one from."""
    return family.caregivers.live().order_by("created_at")


class Filming(forms.Form):
    """The film was made: where it is kept and until when."""

    filmed_on = day_box("Filmed on")
    kept_where = forms.CharField(
        label="Where is the recording kept?",
        max_length=200,
        help_text="The place or device. The film itself is never put in here.",
    )
    delete_by = day_box(
        "To be deleted by",
        help_text="As agreed with the family. It is due from that day until it is deleted.",
    )


class SharedReview(forms.Form):
    """The film was watched together."""

    reviewed_on = day_box("Watched together on")


class ConsentWithdrawn(forms.Form):
    """The family no longer agrees."""

    withdrawn_on = day_box("Withdrawn on")


class SealedDeletion(forms.Form):
    """The recording of a sealed record is gone."""

    deleted_on = day_box("Deleted on")


class Deletion(SealedDeletion):
    """Our recording is gone. Without a family there is nobody to have a copy."""

    copy_given_to = forms.ModelChoiceField(
        Caregiver.objects.none(),
        label="Was a copy given to somebody first?",
        required=False,
        empty_label="No copy was given",
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["copy_given_to"].queryset = carers_of(family)
