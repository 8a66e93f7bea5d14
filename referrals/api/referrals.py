"""The API of referrals: make one and follow it; what staff at its site see of it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import Field

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.api.views import ListApi, RecordApi
from referrals.models import Referral, ReferredCaregiver
from referrals.record_forms.referrals import MakeReferral, StaffOrReferrerLookup
from referrals.referrer_progress import ReferrerView, load_referrer_views
from referrals.rules.choices import PREFERRED_PLACES
from referrals.rules.referrer_progress import Stage

SHARED_KEYS = ("id", "reference", "received_at", "decided_at", "status")
REFERRER_KEYS = ("stage", "stage_on", "next_step", "question", "named_contact", "agreed")
STAFF_KEYS = (
    "site", "place", "family", "patient", "entry_point", "response", "thrive", "thrive_reason", "permission",
    "permission_reason", "concerns", "noticed", "parent_says", "hopes", "preferred_place", "safe_contact",
    "caregivers", "source_code", "at_home", "others_involved", "who_comes", "best_times", "unsafe_times",
    "first_visit_together", "asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone",
    "asker_email",
)  # fmt: skip


class ReferredCaregiverOut(serializers.ModelSerializer):
    class Meta:
        model = ReferredCaregiver
        fields = [
            "id",
            "given_name",
            "family_name",
            "nhs_number",
            "relationship",
            "main_carer",
            "pregnant",
            "became",
        ]


class ReferralOut(serializers.ModelSerializer):
    """A referral: to staff in full; to whoever made it, and their team, what they may know.

    ``stage`` to ``agreed`` are for whoever made it; everything behind them is for staff.
    """

    # With ``views`` ({referral: what may be known of it}) in its context it writes for whoever made the referral.

    status = serializers.SerializerMethodField(
        help_text="To staff its code, such as more_asked; to the referrer in words, such as Received."
    )
    stage = serializers.SerializerMethodField(
        help_text="Where it stands, also after it was accepted; by code."
    )
    stage_on = serializers.SerializerMethodField(
        help_text="The day of that stage; null where there is none, or the family has not agreed to share dates."
    )
    next_step = serializers.SerializerMethodField(help_text="What happens next, in words, as of today.")
    question = serializers.SerializerMethodField(
        help_text="Our question to you that waits for an answer, in its words; empty where there is none."
    )
    named_contact = serializers.SerializerMethodField(
        help_text="Who leads the work with the family; empty before there is one, or where it may not be shared."
    )
    agreed = serializers.SerializerMethodField(
        help_text="What the family agreed that you may know, a sentence each."
    )
    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    place = serializers.CharField(
        source="known_place.code", read_only=True, allow_null=True,
        help_text="The district, by code; null where it is not stated.",
    )  # fmt: skip
    concerns = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    preferred_place = serializers.ChoiceField(choices=PREFERRED_PLACES, allow_blank=True)
    caregivers = ReferredCaregiverOut(many=True)

    class Meta:
        model = Referral
        fields = [*SHARED_KEYS, *REFERRER_KEYS, *STAFF_KEYS]
        extra_kwargs = {name: {"required": False} for name in (*REFERRER_KEYS, *STAFF_KEYS)}

    def get_fields(self) -> dict[str, Field]:
        """All of them while the API is described; else those of whoever reads it."""
        fields = super().get_fields()
        if self.instance is None:
            return fields
        names = (*SHARED_KEYS, *(REFERRER_KEYS if self._is_for_referrer() else STAFF_KEYS))
        return {name: fields[name] for name in names}

    def _is_for_referrer(self) -> bool:
        return "views" in self.context

    def _get_view(self, referral: Referral) -> ReferrerView:
        return self.context["views"][referral.pk]

    def get_status(self, referral: Referral) -> str:
        return self._get_view(referral).progress.words if self._is_for_referrer() else referral.status

    @extend_schema_field(serializers.ChoiceField(choices=Stage.choices))
    def get_stage(self, referral: Referral) -> str:
        return self._get_view(referral).progress.stage.value

    def get_stage_on(self, referral: Referral) -> date | None:
        return self._get_view(referral).progress.day

    def get_next_step(self, referral: Referral) -> str:
        return self._get_view(referral).progress.next_step

    def get_question(self, referral: Referral) -> str:
        return self._get_view(referral).progress.question

    def get_named_contact(self, referral: Referral) -> str:
        return str(self._get_view(referral).contact or "")

    def get_agreed(self, referral: Referral) -> list[str]:
        return list(self._get_view(referral).agreed)


def serialize_for_referrer(request: ScopedRequest, referrals: list[Referral]) -> list[Any]:
    """Their JSON for whoever made them."""
    context = {"views": load_referrer_views(request.user, referrals)}
    return ReferralOut(referrals, many=True, context=context).data


@policy.permission("make_referrals")
class ReferralList(MakeReferral, ListApi):
    """GET: referrals that you and your team made, newest first. POST: refer a family."""

    serializer_class = ReferralOut
    within = "made_by"

    def get_rows(self) -> QuerySet[Any]:
        return Referral.objects.select_related("lead").order_by("-received_at", "id")

    def serialize_page(self, rows: list[Any]) -> Any:
        return serialize_for_referrer(self.request, rows)

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        return self.serialize_page([row])[0]


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
class ReferralDetail(StaffOrReferrerLookup, RecordApi):
    """One referral: in full for staff at its site; for whoever made it, what they may know."""

    serializer_class = ReferralOut

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people()

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        if self.within == "made_by":
            return serialize_for_referrer(self.request, [row])[0]
        return super().serialize(row)
