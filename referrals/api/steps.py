"""The API of what follows a referral: questions, withdrawal, opening again, additions, replies; and the directory."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, QueryParameter, RecordApi
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from referrals.models import DIRECTORY_KEEPERS, DIRECTORY_READERS, Addition, Destination, Referral, Reply
from referrals.record_forms import directory, triage
from referrals.record_forms.referrals import AddToReferral, WithdrawOwnReferral
from referrals.rules.choices import ReferralState


class ReferralStepOut(serializers.ModelSerializer):
    """Where a referral stands after a step."""

    class Meta:
        model = Referral
        fields = ["id", "reference", "status", "decided_at"]


class OwnWithdrawalOut(serializers.ModelSerializer):
    """To whoever referred: which one, and whether it is withdrawn now."""

    withdrawn = serializers.SerializerMethodField()

    class Meta:
        model = Referral
        fields = ["id", "reference", "withdrawn"]

    def get_withdrawn(self, referral: Referral) -> bool:
        return referral.status == ReferralState.WITHDRAWN


class AdditionOut(serializers.ModelSerializer):
    class Meta:
        model = Addition
        fields = ["id", "text", "at"]


class ReplyOut(serializers.ModelSerializer):
    """A reply as it was sent."""

    class Meta:
        model = Reply
        fields = ["id", "about", "to", "carer", "recipient", "way", "why_none", "text", "email", "sent_at"]


class DestinationOut(serializers.ModelSerializer):
    """Where else a family can turn; ``places``: codes of districts, none for everywhere."""

    places = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Destination
        fields = ["id", "name", "offers", "phone", "website", "email", "how_to_start", "places", "checked_on"]


@policy.permission("triage_referrals")
class ReferralQuestion(triage.AskForMore, ActionApi):
    """Ask the referrer or the family for more information."""

    serializer_class = ReferralStepOut


@policy.permission("triage_referrals")
class ReferralWithdrawal(triage.WithdrawReferral, ActionApi):
    """Withdraw a referral, with a reply to everyone owed one."""

    serializer_class = ReferralStepOut


@policy.permission("triage_referrals")
class ReferralReopening(triage.ReopenReferral, ActionApi):
    """Reopen a referral that has ended."""

    serializer_class = ReferralStepOut


@policy.permission("make_referrals", "triage_referrals")
class ReferralAdditions(AddToReferral, ActionApi):
    """Add information to a referral, as whoever made it or as staff."""

    serializer_class = AdditionOut


@policy.permission("make_referrals")
class OwnReferralWithdrawal(WithdrawOwnReferral, ActionApi):
    """Withdraw a referral of your own. It stays open if the service has to tell the family first."""

    serializer_class = OwnWithdrawalOut


@policy.permission("triage_referrals", "read_families", "govern_records")
class ReplyList(ListApi):
    """Replies sent about this referral, oldest first."""

    model = Referral
    serializer_class = ReplyOut

    def get_rows(self) -> QuerySet[Any]:
        return Reply.objects.filter(referral=self.record).order_by("created_at")


@policy.permission(*DIRECTORY_READERS, POST=DIRECTORY_KEEPERS)
class DestinationList(directory.AddDestination, ListApi):
    """GET: the signposting directory: where else a family can turn. POST: add a destination."""

    serializer_class = DestinationOut
    query_parameters = [
        QueryParameter("place", "The code of a district: entries for that district and for all districts.")
    ]

    def get_rows(self) -> QuerySet[Any]:
        offered = Destination.objects.offered().with_places()
        code = self.request.GET.get("place")
        return offered.of_place(_get_place(code)) if code else offered


@policy.permission(*DIRECTORY_READERS, PATCH=DIRECTORY_KEEPERS)
class DestinationDetail(directory.UpdateDestination, RecordApi):
    """GET: one destination. PATCH: change the fields that are sent, which says that all of it is right today."""

    serializer_class = DestinationOut


def _get_place(code: str) -> Place:
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise ActionRefused({"place": "There is no such district."})
    return place
