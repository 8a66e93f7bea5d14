"""The API of triage: decide, find matching records, add missing people, answer match checks."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi
from pairs.matching.duplicates import STRENGTH_ORDER
from pairs.matching.rules.kinds import PersonKind
from referrals.api.referrals import ReferralOut, ReferredCaregiverOut
from referrals.duplicate_check import CHECK_PERMISSIONS, check_duplicates
from referrals.matching import CandidateSet
from referrals.models import MatchAnswer, Referral, ReferredInfant
from referrals.record_forms import triage
from referrals.record_forms.differences import SettleDifferences
from referrals.rules.choices import MatchResult


class CandidateOut(serializers.Serializer):
    """An existing person whom the caller may see. ``answer``: the last one about the two; "" for none."""

    id = serializers.UUIDField(source="person.pk")
    family = serializers.UUIDField(source="person.family_id")
    name = serializers.CharField(source="person.name")
    strength = serializers.ChoiceField(choices=list(STRENGTH_ORDER), source="likeness.strength")
    evidence = serializers.ListField(child=serializers.CharField(), source="likeness.evidence")
    answer = serializers.ChoiceField(choices=MatchResult.choices, allow_blank=True)


class CandidateSetOut(serializers.Serializer):
    """One named person with possible matches. ``hub``: the hub's answer about records out of scope; "" for none.

    ``strength`` twin: a baby who may be another of the same birth.
    """

    named = serializers.UUIDField(source="named.pk")
    kind = serializers.ChoiceField(choices=PersonKind.choices)
    name = serializers.CharField(source="named.name")
    candidates = CandidateOut(many=True, source="here")
    carriers = serializers.ListField(
        child=serializers.UUIDField(),
        source="carrier_ids",
        help_text="For a baby: the carers named as pregnant with them, where more than one. Choose one.",
    )
    hub = serializers.ChoiceField(choices=MatchResult.choices, allow_blank=True)


class ReferredInfantOut(serializers.ModelSerializer):
    class Meta:
        model = ReferredInfant
        fields = [
            "id",
            "given_name",
            "family_name",
            "birth_date",
            "estimated_due_date",
            "loss",
            "lost_on",
            "plurality",
            "twin_order",
            "became",
        ]


class MatchCheckOut(serializers.ModelSerializer):
    """A possible match, for somebody with access to the existing record: ``held``, of ``family``."""

    referral = serializers.CharField(source="referral.reference")
    named = serializers.CharField(source="named.name")
    held = serializers.UUIDField(source="held.pk")
    family = serializers.UUIDField(source="held.family_id")

    class Meta:
        model = MatchAnswer
        fields = ["id", "referral", "named", "held", "family", "answer"]


@policy.permission("triage_referrals")
class ReferralDecision(triage.DecideReferral, ActionApi):
    """Decide a referral, confirm matches and send the replies."""

    serializer_class = ReferralOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people()


@policy.permission("triage_referrals")
class ReferralMatches(triage.TriagedReferralForm, ListApi):
    """People named in the referral, each with possible matches among existing records of any site."""

    serializer_class = CandidateSetOut

    def get_rows(self) -> list[CandidateSet]:
        return check_duplicates(self.request, self.record)


@policy.permission("register_people")
class ReferralDifferences(SettleDifferences, ActionApi):
    """Choose what the records say where the referral says something else: all of it at once."""

    serializer_class = ReferralOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people()


@policy.permission("triage_referrals")
class NamedInfants(triage.AddNamedInfant, ActionApi):
    """Add a baby whom the referral does not name."""

    serializer_class = ReferredInfantOut


@policy.permission("triage_referrals")
class NamedInfantLoss(triage.RecordNamedLoss, ActionApi):
    """Record that a baby named in an undecided referral has died."""

    serializer_class = ReferredInfantOut

    def get_shown_records(self) -> QuerySet[Any]:
        return ReferredInfant.objects.all()


@policy.permission("triage_referrals")
class NamedCaregivers(triage.AddNamedCaregiver, ActionApi):
    """Add a carer whom the referral does not name."""

    serializer_class = ReferredCaregiverOut


@policy.permission(*CHECK_PERMISSIONS)
class MatchCheckList(ListApi):
    """Possible matches that wait for your check."""

    serializer_class = MatchCheckOut

    def get_rows(self) -> QuerySet[Any]:
        return MatchAnswer.objects.with_held().order_by("at").waiting()

    def serialize_page(self, rows: list[Any]) -> Any:
        self.request.access_log.listed.update(each.held.family_id for each in rows)
        return super().serialize_page(rows)


@policy.permission(*CHECK_PERMISSIONS)
class MatchCheckAnswer(triage.AnswerMatchCheck, ActionApi):
    """Say whether they are the same person."""

    serializer_class = MatchCheckOut

    def get_shown_records(self) -> QuerySet[Any]:
        return MatchAnswer.objects.with_held()
