"""Subject access at each of its stages, and a sealed birth identity that someone asks to read."""

from datetime import timedelta

from django.utils import timezone

from pairs.families.models import Adoption, Infant
from pairs.jobs.models import Job
from pairs.subject_access.choices import CheckKind
from pairs.subject_access.copies import TASK, build_content
from pairs.subject_access.documents import BUNDLE
from pairs.subject_access.models import (
    Bundle,
    BundleEntry,
    DisclosureCheck,
    HarmView,
    SealedReading,
    SubjectAccessRequest,
)
from pairs.subject_access.rules import list_check_kinds


def create_subject_access(home):
    """One whose entries wait for a decision, one to gather, one to make a copy of, and its copy."""
    made, now = home.objects, timezone.now()
    waiting = made["subject_access_id"] = _create_request(home, gathered_at=now)
    made["disclosure_check_id"] = _create_checks(waiting)
    made["bundle_entry_id"] = _create_entry(waiting, 1, held_because="others")
    _create_entry(waiting, 2, held_because="others")
    made["harm_view_id"] = HarmView.objects.create(
        access_request=waiting, asked_of=home.worker, asked_by=home.colleague
    )
    answered = {
        "answer": "clear",
        "note": f"Looked {home.name}",
        "answered_by": home.colleague,
        "answered_at": now,
    }
    job = Job.objects.create(task=TASK, key=f"{TASK}:{home.name}", status=Job.FAILED)
    made["access_to_gather"] = _create_request(home, job=job)
    _create_checks(made["access_to_gather"], **answered)
    made["access_to_make"] = _create_request(home, gathered_at=now)
    _create_checks(made["access_to_make"], **answered)
    _create_bundle(home, made["access_to_make"])
    _create_sealed_reading(home)


def _create_request(home, **more):
    today = timezone.localdate()
    return SubjectAccessRequest.objects.create(
        family=home.family,
        infant=home.objects["subject_id"],
        asked_as="parent",
        asked_by=f"Cora{home.name} Carer",
        requester=home.objects["caregiver_id"],
        authority="Birth certificate seen",
        received_on=today - timedelta(days=3),
        received_how="letter",
        identity_shown_on=today,
        identity_how="Passport seen",
        taken_by=home.colleague,
        **more,
    )


def _create_checks(access_request, **answered):
    rows = [
        DisclosureCheck.objects.create(access_request=access_request, kind=kind, **answered)
        for kind in list_check_kinds(of_infant=True)
    ]
    return next(row for row in rows if row.kind == CheckKind.RESPONSIBILITY)


def _create_entry(access_request, order, **more):
    return BundleEntry.objects.create(
        access_request=access_request,
        order=order,
        section="Relationships",
        on=timezone.localdate(),
        about="Two people",
        lines=[["Relationship", "Mother"]],
        source="families.Dyad",
        source_id=access_request.pk if order == 1 else access_request.family_id,
        **more,
    )


def _create_bundle(home, access_request):
    entry = _create_entry(access_request, 1, decision="give")
    HarmView.objects.create(
        access_request=access_request,
        asked_of=home.worker,
        asked_by=home.colleague,
        finding="none",
        note="Read",
        given_at=timezone.now(),
    )
    bundle = home.objects["bundle_id"] = Bundle.objects.create(
        access_request=access_request,
        made_by=home.colleague,
        content=build_content(access_request, [entry], ""),
    )
    key = BUNDLE.build_key(bundle, BUNDLE.build_paper(bundle, timezone.localdate()))
    bundle.job = Job.objects.create(task="documents.make_pdf", key=key, status=Job.DONE, file=b"%PDF-1.7")
    bundle.save()


def _create_sealed_reading(home):
    """Both sides are sealed here, and no longer live, so that no list or test meets a child more."""
    now = timezone.now()
    birth, new = (
        Infant.objects.create(
            family=home.family,
            reference=f"PI-{home.name[:4]}-{number}",
            birth_date=timezone.localdate() - timedelta(days=20 * 365),
            lost_on=timezone.localdate(),
            loss="death",
            sealed_at=now,
        )
        for number in (8, 9)
    )
    made = home.objects
    made["adoption_id"] = Adoption.objects.create(
        family=home.family,
        birth_infant=birth,
        new_infant=new,
        adopted_on=timezone.localdate(),
        recorded_by=home.colleague,
        sealed_at=now,
        sealed_rows={"families.Infant": [str(birth.pk)]},
    )
    made["sealed_reading_id"] = SealedReading.objects.create(
        family=home.family,
        adoption=made["adoption_id"],
        ground="court",
        authority="The order of a court",
        reason=f"Reading {home.name}",
        asked_by=home.colleague,
    )
