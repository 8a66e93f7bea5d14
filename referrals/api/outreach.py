"""The API of a referral's outreach session."""

from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import RecordApi
from referrals.models import Referral
from referrals.record_forms.outreach import LinkOutreach


class ReferralOutreachOut(serializers.ModelSerializer):
    """From which outreach session a referral came; null where from none."""

    class Meta:
        model = Referral
        fields = ["id", "reference", "outreach_session"]


@policy.permission("triage_referrals", PATCH="triage_referrals")
class ReferralOutreach(LinkOutreach, RecordApi):
    """GET: from which outreach session the referral came. PATCH: say so."""

    serializer_class = ReferralOutreachOut
