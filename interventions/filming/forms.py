"""Forms of filming, for pages and the API."""

from typing import Any

from django import forms

from interventions.episodes.forms.episodes import query_dyad_choices
from interventions.episodes.models import Intervention
from pairs.access.records import RecordQuerySet
from pairs.families.models import Caregiver, Dyad, Family
from pairs.web.date_fields import make_day_field

DEFAULT_CONSENT = "To be filmed together, and to watch the film with us"


class NewFilmCycleForm(forms.Form):
    """Who is filmed, and who agreed to what."""

    dyad = forms.ModelChoiceField(Dyad.objects.none(), label="Who is filmed?", empty_label=None)
    intervention = forms.ModelChoiceField(
        Intervention.objects.offered(),
        label="Intervention",
        to_field_name="code",
        empty_label=None,
    )
    consent_by = forms.ModelChoiceField(Caregiver.objects.none(), label="Who agreed?", empty_label=None)
    consented_on = make_day_field("Agreed on")
    consent_for = forms.CharField(
        label="What did they agree to?",
        max_length=300,
        initial=DEFAULT_CONSENT,
        help_text="Enter who may see the film, and anything else agreed.",
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dyad"].queryset = query_dyad_choices(family).living()
        self.fields["consent_by"].queryset = query_carer_choices(family)


def query_carer_choices(family: Family) -> RecordQuerySet:
    """The family's carers, as choices."""
    return family.caregivers.live().order_by("created_at")


class FilmingForm(forms.Form):
    """When the film was made, where it is kept and until when."""

    filmed_on = make_day_field("Filmed on")
    kept_where = forms.CharField(
        label="Where is the recording kept?",
        max_length=200,
        help_text="The place or device. Never upload the film itself.",
    )
    delete_by = make_day_field(
        "Delete by",
        help_text="As agreed with the family. It is in To do from that date until deleted.",
    )


class SharedReviewForm(forms.Form):
    """When the film was watched together."""

    reviewed_on = make_day_field("Watched together on")


class WithdrawConsentForm(forms.Form):
    """When consent was withdrawn."""

    withdrawn_on = make_day_field("Withdrawn on")


class SealedDeletionForm(forms.Form):
    """When the recording of a sealed record was deleted."""

    deleted_on = make_day_field("Deleted on")


class DeletionForm(SealedDeletionForm):
    """When our recording was deleted, and who was given a copy."""

    copy_given_to = forms.ModelChoiceField(
        Caregiver.objects.none(),
        label="Was a copy given to anyone first?",
        required=False,
        empty_label="No copy was given",
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy_given_to"].queryset = query_carer_choices(family)
