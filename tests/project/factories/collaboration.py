"""The sample families' joint work, peer support and requests to the hub."""

from datetime import timedelta

from django.utils import timezone

from interventions.collaboration.models import HubRequest, HubRequestStep, JointWork, PeerLog, PeerSupport
from pairs.families.actions import grant_family_access
from pairs.service.models import Site

# where: (status, what the hub was asked for). Hana of the hub took on what is taken.
SAMPLE_ASKS = {
    "blackburn": ("asked", "thought"),
    "hyndburn": ("taken", "co_work"),
    "moving": ("taken", "thought"),
    "restricted": ("asked", "thought"),
}


def create_collaboration(home, cast):
    """One of each in this home."""
    made, now, on = home.objects, timezone.now(), timezone.localdate()
    made["joint_id"] = JointWork.objects.create(
        family=home.family, member=made["member_id"], we_do=f"Watch {home.name}", they_do="Weigh",
        since=on - timedelta(days=30), look_again_on=on - timedelta(days=1), recorded_by=home.worker,
    )  # fmt: skip
    made["peer_id"] = PeerSupport.objects.create(
        family=home.family, supporter=cast["peer"], why=f"Requested {home.name}", agreed_on=on,
        linked_by=home.worker, linked_at=now,
    )  # fmt: skip
    made["log_id"] = PeerLog.objects.create(
        support=made["peer_id"], day=on, how="met", minutes=30, who=f"Cora{home.name}", line="We walked."
    )
    made["supporter"] = cast["peer"]
    made["ask_id"] = _create_hub_ask(home, cast["hub"])


def _create_hub_ask(home, hub):
    (status, wants), now, on = SAMPLE_ASKS[home.name], timezone.now(), timezone.localdate()
    taken = {"taken_by": hub, "taken_at": now, "until": on + timedelta(days=7)} if status == "taken" else {}
    ask = HubRequest.objects.create(
        reference=f"A-{home.name[:4]}-1", family=home.family, to_site=Site.objects.hub(), wants=wants,
        question=f"Puzzled {home.name}", urgency="days", asked_by=home.worker, asked_at=now - timedelta(days=9),
        answer_to=home.worker, status=status, **taken,
    )  # fmt: skip
    HubRequestStep.objects.create(ask=ask, status="asked", by=home.worker, at=now)
    if taken:
        grant_family_access(
            family=home.family, user=hub, purpose=wants, reason=f"Asked {ask.reference}", by=home.worker,
            expires_at=now + timedelta(days=7),
        )  # fmt: skip
    return ask
