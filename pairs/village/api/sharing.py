"""The API of sharing agreements and of what may not be disclosed."""

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi
from pairs.village import record_forms
from pairs.village.models import DisclosureLimit, SharingAgreement


class SharingAgreementOut(serializers.ModelSerializer):
    class Meta:
        model = SharingAgreement
        fields = [
            "id", "family", "member", "team", "agency", "what", "how_often", "until", "agreed_by", "agreed_on",
            "without_consent_because", "withdrawn_on", "withdrawn_because",
        ]  # fmt: skip


class DisclosureLimitOut(serializers.ModelSerializer):
    class Meta:
        model = DisclosureLimit
        fields = [
            "id", "family", "infant", "caregiver", "member", "address", "not_to_caregiver", "not_to_member",
            "not_to_name", "reason", "since", "until", "ended_because",
        ]  # fmt: skip


@policy.permission("read_families", POST="register_people")
class SharingAgreementList(record_forms.RecordAgreement, ListApi):
    """GET: every sharing agreement of the family, withdrawn ones included. POST: record one."""

    serializer_class = SharingAgreementOut

    def get_rows(self) -> QuerySet[SharingAgreement]:
        return SharingAgreement.objects.filter(family=self.family).order_by("-created_at", "id")


@policy.permission("register_people")
class AgreementWithdrawal(record_forms.WithdrawAgreement, ActionApi):
    """Withdraw an agreement: from now on it covers nothing."""

    serializer_class = SharingAgreementOut


@policy.permission("read_families", POST="register_people")
class DisclosureLimitList(record_forms.RecordLimit, ListApi):
    """GET: every “do not disclose” limit of the family. POST: record one."""

    serializer_class = DisclosureLimitOut

    def get_rows(self) -> QuerySet[DisclosureLimit]:
        return DisclosureLimit.objects.filter(family=self.family).order_by("-created_at", "id")


@policy.permission("register_people")
class DisclosureLimitEnding(record_forms.EndLimit, ActionApi):
    """Set the last day on which a limit holds."""

    serializer_class = DisclosureLimitOut
