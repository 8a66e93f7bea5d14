"""The API of carers, their dyads and everybody's addresses: the pages' own forms and actions."""

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi, RecordApi
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.choices import AddressKind
from pairs.families.models import Address, Caregiver, Dyad
from pairs.families.presenters import list_address_lines
from pairs.families.record_forms import addresses, carers


class CaregiverOut(serializers.ModelSerializer):
    ethnicity = serializers.ChoiceField(choices=ETHNIC_CATEGORIES)
    exclusion_groups = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Caregiver
        fields = [
            "id", "family", "given_name", "family_name", "said_as", "birth_date", "died_on", "nhs_number", "ethnicity",
            "gender", "phone", "email", "safe_contact", "may_call", "may_text", "may_leave_message", "may_email",
            "may_post", "language", "needs_interpreter", "communication_needs", "access_needs", "disability",
            "disability_details", "care_experienced", "exclusion_groups",
        ]  # fmt: skip


class WholeDyadOut(serializers.ModelSerializer):
    class Meta:
        model = Dyad
        fields = [
            "id", "family", "infant", "caregiver", "relationship", "main_carer", "lives_with",
            "parental_responsibility", "restrictions", "since", "until",
        ]  # fmt: skip


class AddressOut(serializers.ModelSerializer):
    """A refuge is named; its lines, postcode and neighbourhood stay hidden. Its own page has them."""

    shown = serializers.SerializerMethodField()
    imd_decile = serializers.SerializerMethodField()

    class Meta:
        model = Address
        fields = [
            "id", "family", "caregiver", "infant", "kind", "shown", "since", "until", "imd_decile", "imd_version",
            "looked_up_on",
        ]  # fmt: skip

    def get_shown(self, address: Address) -> list[str]:
        return list_address_lines(address)

    def get_imd_decile(self, address: Address) -> int | None:
        return None if address.kind == AddressKind.REFUGE else address.imd_decile


@policy.permission("read_families", POST="register_people")
class CaregiverList(carers.AddCarerToNamedFamily, ListApi):
    """GET: the carers of the families that you may open, newest first. POST: add one, with their ``dyads``."""

    serializer_class = CaregiverOut

    def get_rows(self) -> QuerySet[Caregiver]:
        return Caregiver.objects.prefetch_related("exclusion_groups").order_by("-created_at", "id")


@policy.permission("read_families", PATCH="register_people")
class CaregiverDetail(carers.UpdateCompleteCarer, RecordApi):
    """GET: one carer. PATCH: change what is sent and leave the rest."""

    serializer_class = CaregiverOut


@policy.permission("read_families", PATCH="register_people")
class DyadDetail(carers.UpdateDyad, RecordApi):
    """GET: one infant and one carer, and what they are to each other. PATCH: change what is sent and leave the rest."""

    serializer_class = WholeDyadOut


@policy.permission("read_families", POST="register_people")
class AddressList(addresses.AddAddressOfNamedPerson, ListApi):
    """GET: where the people of the families that you may open live and lived, newest first.
    POST: add an address of a carer or of a baby; ``moved_on`` ends the one before.
    """

    serializer_class = AddressOut

    def get_rows(self) -> QuerySet[Address]:
        return Address.objects.order_by("-created_at", "id")
