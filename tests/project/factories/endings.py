"""The sample families' endings: a draft, one that was undone, a keepsake draft and one that is ready."""

from datetime import timedelta

from django.utils import timezone

from interventions.endings.models import (
    Ending,
    EndingLetter,
    EndingPart,
    HandoverItem,
    Keepsake,
    KeepsakeLine,
    Reopening,
    TransitionPlan,
    WayBack,
)
from interventions.episodes.models import NotePart
from pairs.jobs.models import Job


def create_endings(home):
    """Of the home's episode and its two people."""
    made, on = home.objects, timezone.localdate()
    ending = Ending.objects.create(
        episode=made["episode_id"], begun_by=home.worker, summary=f"Calmer {home.name}"
    )
    EndingPart.objects.create(ending=ending, dyad=made["dyad_id"], text=f"Closer {home.name}")
    HandoverItem.objects.create(
        ending=ending,
        code="decision",
        subject_id=made["family_id"].pk,
        what=f"Ring {home.name}",
        to_whom=f"Helper {home.name}",
    )
    EndingLetter.objects.create(episode=made["episode_id"], letter=made["signed_letter"])
    Reopening.objects.create(
        episode=made["episode_id"],
        reopened_at=timezone.now(),
        reopened_by=home.worker,
        because=f"Wrong day {home.name}",
        ended_on=on - timedelta(days=10),
        reason="02",
    )
    TransitionPlan.objects.create(
        family=home.family,
        infant=made["subject_id"],
        turning="two",
        who_next=f"Nursery {home.name}",
        agreed_with=f"Cora{home.name}",
        agreed_on=on,
        recorded_by=home.worker,
    )
    card = {"title": "You can come back", "words": "Ring us.", "phone": "01632 960300"}
    made["way_back_id"], _ = WayBack.objects.get_or_create(site=home.site, defaults=card)
    _create_keepsakes(home)


def _create_keepsakes(home):
    made, now = home.objects, timezone.now()
    told = NotePart.objects.create(
        care_contact=made["note_id"].care_contact,
        part="baby_told",
        subject="dyad",
        dyad=made["dyad_id"],
        text=f"Smiled {home.name}",
        written_by=home.worker,
        signed_at=now,
    )
    job = Job.objects.create(task="none", key=f"keepsake {home.name}", status="done", file=b"%PDF-1.7")
    shared = {"dyad": made["dyad_id"], "title": f"Told {home.name}", "written_by": home.worker}
    made["ready_keepsake"] = Keepsake.objects.create(**shared, ready_at=now, ready_by=home.worker, job=job)
    made["keepsake_id"] = Keepsake.objects.create(**shared, version=2)
    for each in (made["ready_keepsake"], made["keepsake_id"]):
        KeepsakeLine.objects.create(keepsake=each, note=told, text=told.text, order=1, ready_at=each.ready_at)
