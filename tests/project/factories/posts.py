"""Posts at the sample families' sites, who fills them, and the competence of whoever works there."""

from datetime import timedelta

from django.utils import timezone

from interventions.competencies.models import Competence, DeliveryRequirement, DeliverySignOff
from interventions.episodes.models import Intervention
from interventions.posts.models import PlanLine, Post, PostHolding


def create_posts(home):
    """A post that the worker fills in part, a competence of theirs that runs out, and a delivery signed off."""
    today = timezone.localdate()
    post = Post.objects.create(
        site=home.site,
        title="A post",
        group="therapist",
        band="7",
        wte=2,
        funded_from=today - timedelta(days=90),
    )
    home.objects["post_id"] = post
    home.objects["holding_id"] = PostHolding.objects.create(
        post=post, person=home.worker, wte="0.10", starts_on=post.funded_from
    )
    home.objects["plan_line_id"] = PlanLine.objects.first()
    home.objects["competence_id"] = Competence.objects.create(
        site=home.site,
        person=home.worker,
        training="Training",
        level=2,
        accredited_by="A body",
        accredited_until=today + timedelta(days=20),
    )
    DeliveryRequirement.objects.get_or_create(
        intervention=Intervention.objects.order_by("order").first(), defaults={"needs": "competence"}
    )
    DeliverySignOff.objects.create(
        use=home.objects["use_id"], person=home.worker, arrangement="not_yet", signed_by=home.colleague,
        note=f"Signed {home.name}",
    )  # fmt: skip
