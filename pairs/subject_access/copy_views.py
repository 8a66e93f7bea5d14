"""Pages of the copy: gathered, decided entry by entry, a practitioner's view on harm, made and handed over."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.record_pages import build_family_banner
from pairs.subject_access import record_forms
from pairs.subject_access.actions import find_check_obstacles
from pairs.subject_access.copies import find_bundle_obstacles
from pairs.subject_access.documents import BUNDLE, NOT_TO_GIVE
from pairs.subject_access.models import Bundle, SubjectAccessRequest
from pairs.subject_access.record_forms import GOVERNANCE
from pairs.subject_access.request_page import list_entries, list_section_entries
from pairs.subject_access.views import OfRequestPage, OfRequestRowPage
from pairs.submissions.form_page import PageOf

NOT_GATHERED = "Gather the entries first."


@policy.permission(GOVERNANCE)
class GatherEntriesPage(record_forms.GatherEntries, OfRequestPage):
    """Gather all entries about the person."""

    title = "Gather the entries"
    consequences = (
        "Everything about the person is read as it is now. What is recorded later is not in this copy.",
        "Entries that are also about others, or hold free text, wait for your decision.",
    )
    button = "Gather the entries"
    message = "Gathering has started."
    first_click_closes = True

    def get_obstacle(self) -> str:
        done = "The entries have already been gathered." if self.record.gathered_at else ""
        return super().get_obstacle() or done or " ".join(find_check_obstacles(self.record))


@policy.permission(GOVERNANCE)
class DecideSectionPage(record_forms.DecideSection, OfRequestRowPage):
    """The entries of one section, and one decision for those that wait."""

    template_name = "subject_access/section.html"
    button = "Save for all that wait"
    message = "Decisions saved."

    def get_title(self) -> str:
        return self.record.section

    def get_success_path(self, made: SubjectAccessRequest) -> str:
        return reverse("subject-access-request", args=[made.pk])

    def get_context(self, form: Any) -> dict[str, Any]:
        entries = list_section_entries(self.record)
        waiting = sum(not entry.decision for entry in entries)
        return super().get_context(form) | {"entries": entries, "waiting": waiting}


@policy.permission(GOVERNANCE)
class DecideEntryPage(record_forms.DecideEntry, OfRequestRowPage):
    """Decide about one entry."""

    template_name = "subject_access/entry.html"
    title = "Decide about this entry"
    button = "Save the decision"
    message = "Decision saved."
    back = PageOf("bundle-section", "record", "The section")

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"entry": self.record}


@policy.permission(GOVERNANCE)
class AskForHarmViewPage(record_forms.AskForHarmView, OfRequestPage):
    """Ask a practitioner about serious harm."""

    title = "Ask a practitioner about serious harm"
    text = (
        "Someone who knows the family reads the entries, and says whether giving them is likely to cause serious harm "
        "to anyone’s physical or mental health. They get an e-mail, and it is in their To do.",
    )
    button = "Ask for their view"
    message = "The practitioner has been asked."

    def get_obstacle(self) -> str:
        return super().get_obstacle() or ("" if self.record.gathered_at else NOT_GATHERED)


@policy.permission("write_records")
class GiveHarmViewPage(record_forms.GiveHarmView, OfRequestRowPage):
    """Say whether giving the entries may cause serious harm."""

    template_name = "subject_access/harm_view.html"
    title = "Could this copy cause serious harm?"
    button = "Give my view"
    message = "Your view has been recorded."
    back = PageOf("family", "family", "The family")
    autosaves = True

    def get_obstacle(self) -> str:
        done = "You have already given your view." if self.record.given_at else ""
        return done or super().get_obstacle()

    def get_context(self, form: Any) -> dict[str, Any]:
        access_request = self.get_access_request()
        shown = {"access_request": access_request, "entries": list_entries(access_request)}
        return super().get_context(form) | shown


@policy.permission(GOVERNANCE)
class MakeBundlePage(record_forms.MakeBundle, OfRequestPage):
    """Make the copy, frozen as it was decided."""

    title = "Make the copy"
    text = ("A readable PDF and a machine-readable file are made, with the same entries.",)
    button = "Make the copy"
    message = "Copy made. Its PDF follows."

    def get_obstacle(self) -> str:
        return super().get_obstacle() or " ".join(find_bundle_obstacles(self.record))

    def get_success_path(self, made: Bundle) -> str:
        return reverse("bundle", args=[made.pk])


@policy.permission(GOVERNANCE)
def show_bundle(request: ScopedRequest, bundle_id: UUID) -> HttpResponse:
    """One copy: its files, and whom it was handed to."""
    found, family = _get_bundle(request, bundle_id)
    context = {
        "family": family,
        "banner": build_family_banner(request, family),
        "bundle": found,
        "document": BUNDLE,
        "stopped": NOT_TO_GIVE.get(found.access_request.status, ""),
        "entries": sum(len(each["entries"]) for each in found.content["sections"]),
    }
    return render(request, "subject_access/bundle.html", context)


@policy.permission(GOVERNANCE)
def download_json(request: ScopedRequest, bundle_id: UUID) -> HttpResponse:
    """The same for machines."""
    found, _family = _get_bundle(request, bundle_id)
    text = json.dumps(found.content, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    name = found.file_name.replace(".pdf", ".json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _get_bundle(request: ScopedRequest, bundle_id: UUID) -> tuple[Bundle, Any]:
    found = get_visible_or_404(request, Bundle.objects.with_names(), pk=bundle_id)
    return found, get_family(request, found.family_id_for_log)


@policy.permission(GOVERNANCE)
class HandOverPage(record_forms.HandOver, OfRequestRowPage):
    """Record that the copy was handed over."""

    title = "Record that the copy was handed over"
    consequences = ("The request is closed.",)
    button = "Record and close the request"
    message = "Copy handed over. The request is closed."
    back = PageOf("bundle", "record", "The copy")
