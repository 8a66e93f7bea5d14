"""The API of infants: pregnancies, births, details, losses and adoptions, through the pages' own forms."""

from uuid import UUID

from rest_framework import serializers

from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404
from pairs.api.views import ActionApi, RecordApi
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.forms import InfantDetailsForm
from pairs.families.models import Adoption, Infant
from pairs.families.record_forms import infants
from pairs.service.refusals import ActionRefused


class InfantOut(serializers.ModelSerializer):
    nhs_number_status = serializers.ChoiceField(choices=NUMBER_STATUSES)
    ethnicity = serializers.ChoiceField(choices=ETHNIC_CATEGORIES)

    class Meta:
        model = Infant
        fields = [
            "id", "reference", "given_name", "family_name", "said_as", "birth_date", "estimated_due_date",
            "nhs_number", "nhs_number_status", "sex", "ethnicity", "twin_order", "plurality", "carried_by",
            "birth_weight_grams", "gestation_weeks", "neonatal_stay", "home_on", "loss", "lost_on",
        ]  # fmt: skip


class AdoptionOut(serializers.ModelSerializer):
    """The new side alone: the pointer is read on governance's own page."""

    infant = serializers.UUIDField(source="new_infant_id")
    reference = serializers.CharField(source="new_infant.reference")
    family = serializers.UUIDField(source="new_infant.family_id")

    class Meta:
        model = Adoption
        fields = ["infant", "reference", "family", "adopted_on"]


@policy.permission("register_people")
class PregnancyRecording(infants.RecordPregnancy, ActionApi):
    """Record a pregnancy in a family: one infant for each baby; the first is returned."""

    serializer_class = InfantOut


@policy.permission("read_families", PATCH="register_people")
class InfantDetail(infants.UpdateInfant, RecordApi):
    """GET: one infant. PATCH: change what is sent and leave the rest."""

    serializer_class = InfantOut

    def save(self, form: InfantDetailsForm) -> Infant:
        """An unborn baby has no details of a birth: whoever sends some is told so. The page does not ask for them."""
        if early := form.list_early_fields():
            raise ActionRefused(dict.fromkeys(early, "The birth is not registered yet."))
        return super().save(form)


@policy.permission("register_people")
class BirthRegistration(infants.RegisterBirths, ActionApi):
    """Register the births of a pregnancy; a baby without ``infant`` is one more than was known."""

    serializer_class = InfantOut


@policy.permission("register_people")
class BabyAddition(infants.AddBaby, ActionApi):
    """Add one more baby to this pregnancy than was known."""

    serializer_class = InfantOut


@policy.permission("register_people")
class SameBirthRecording(infants.RecordSameBirth, ActionApi):
    """Say which babies of the family were born together with this one; number and order follow."""

    serializer_class = InfantOut


@policy.permission("register_people")
class LossRecording(infants.RecordLoss, ActionApi):
    """Record a loss: everything automatic about this baby stops."""

    serializer_class = InfantOut


@policy.permission("register_people")
class LossUndoing(infants.UndoLoss, ActionApi):
    """Undo a loss that was recorded by mistake. Nothing is sent."""

    serializer_class = InfantOut


@policy.permission("govern_records")
class AdoptionRecording(infants.RecordAdoption, ActionApi):
    """Seal the birth identity and open the child's new record; the new record is returned."""

    serializer_class = AdoptionOut

    def get_shown_record(self, pk: UUID) -> Adoption:
        adoptions = Adoption.objects.select_related("new_infant")
        return get_visible_or_404(self.request, adoptions, within="including_sealed", pk=pk)
