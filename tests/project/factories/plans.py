"""The sample families' plans: one of everything that may be agreed with a family."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from interventions.episodes.models import Intervention, InterventionUse, InterventionWait
from interventions.plans.models import (
    CoWorker,
    DeclinedOffer,
    FocusChange,
    Formulation,
    FormulationPart,
    GroupingStep,
    HelpingAnswer,
    Plan,
    PlanPaper,
    PlanReview,
)
from pairs.jobs.models import Job


def create_plans(home, cast):
    """Co-workers, what was written and agreed, what they wait for; and the catalogue's first, by its code."""
    made, on = home.objects, timezone.localdate()
    episode, by = made["episode_id"], home.worker
    begun = on - timedelta(days=30)
    made["way_id"] = SimpleNamespace(pk=Intervention.objects.order_by("order").first().code)
    made["use_id"] = InterventionUse.objects.filter(episode=episode).first()
    made["wait_id"] = InterventionWait.objects.create(
        episode=episode, site=home.site, since=begun, intervention=Intervention.objects.get(code="vipp")
    )
    made["co_worker_id"] = CoWorker.objects.create(
        episode=episode, user=cast["duty"], why=f"Helps {home.name}", since=begun
    )
    FocusChange.objects.create(episode=episode, dyad=made["dyad_id"], change="in", since=begun, by=by)
    GroupingStep.objects.create(
        episode=episode, grouping="help", since=begun, why=f"Said {home.name}", agreed=True, by=by
    )
    DeclinedOffer.objects.create(
        episode=episode, what="goals", declined_on=begun, why=f"No {home.name}", by=by
    )
    HelpingAnswer.objects.create(
        use=made["use_id"], asked_on=begun, family_says="yes", family_words=f"Good {home.name}", we_say="yes",
        what_next="go_on", ask_again_on=on + timedelta(days=9), by=by,
    )  # fmt: skip
    _create_plan_and_formulation(home, begun)


def _create_plan_and_formulation(home, begun):
    made, episode, by = home.objects, home.objects["episode_id"], home.worker
    made["formulation_id"] = Formulation.objects.create(episode=episode, written_on=begun, written_by=by)
    FormulationPart.objects.create(
        formulation=made["formulation_id"], part="saw", text=f"Saw {home.name}", dyad=made["dyad_id"]
    )
    made["plan_id"] = Plan.objects.create(
        episode=episode, aims=f"Aims {home.name}", made_on=begun, written_by=by, agreed_on=begun
    )
    PlanReview.objects.create(
        plan=made["plan_id"], held_on=begun, how_it_went=f"Well {home.name}", decision="end", by=by
    )
    job = Job.objects.create(task="none", key=f"plan {home.name}", status="done", file=b"%PDF-1.7")
    made["paper_id"] = PlanPaper.objects.create(
        plan=made["plan_id"], to_caregiver=made["caregiver_id"], made_by=by, job=job
    )
