"""Consultations: asked for by professionals; arranged, held and written down by the team; followed by whoever asked."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Family, RiskAlert
from pairs.submissions.actions import parse_token
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.csv_files import build_csv_response
from referrals.models import Consultation, ConsultationFeedback, Referral
from referrals.record_forms import consultations as record_forms
from referrals.record_forms.consultations import HOLDERS
from referrals.rules.choices import ConsultationStatus
from referrals.rules.consultations import CONSULTATION_TRANSITIONS
from referrals.summary import build_consultation_rows, summarise_for_asker

CSV_HEADERS = ("Reference", "Status", "Requested", "District", "Asked by", "With", "When")


@policy.permission("make_referrals", *HOLDERS)
def list_consultations(request: ScopedRequest) -> HttpResponse:
    """Those of the team's sites that wait come first; to whoever asks, their own and their team's."""
    staff = request.scope.may(*HOLDERS)
    page = get_visible_page(request, _query_listed(request), within=_choose_reach(request))
    context = {"page": page, "staff": staff, "all": "all" in request.GET or not staff}
    return render(request, "referrals/consultations.html", context)


def _query_listed(request: ScopedRequest) -> QuerySet[Any]:
    """The consultations of the list, before they are narrowed to the reader's: for the team those that wait."""
    if request.scope.may(*HOLDERS) and "all" not in request.GET:
        return Consultation.objects.with_people().open().order_by("asked_at", "id")
    return Consultation.objects.with_people()


def _choose_reach(request: ScopedRequest) -> str:
    """The method that narrows them: the team reads those of its sites, whoever asks their own and their team's."""
    return "visible_to" if request.scope.may(*HOLDERS) else "made_by"


@policy.permission("make_referrals", *HOLDERS)
def download_consultations(request: ScopedRequest) -> HttpResponse:
    """All of the list as a CSV file: no question, no advice."""
    rows = map(_build_csv_row, list_visible(request, _query_listed(request), within=_choose_reach(request)))
    return build_csv_response(f"consultations-{timezone.localdate():%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_csv_row(row: Consultation) -> list[Any]:
    asker = [row.asker_name or (str(row.asked_by) if row.asked_by else ""), row.asker_organisation]
    when = timezone.localtime(row.arranged_for) if row.arranged_for else None
    return [
        row.reference,
        row.get_status_display(),
        timezone.localdate(row.asked_at),
        row.known_place or "",
        ", ".join(filter(None, asker)),
        row.clinician or "",
        f"{when:%Y-%m-%d %H:%M}" if when else "",
    ]


@policy.permission("make_referrals", "triage_referrals", "write_records", "read_families", "govern_records")
def show_consultation(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """Whole for the team; to whoever asked: what they asked, when and with whom, then what we thought together."""
    try:
        found = get_visible_or_404(request, Consultation.objects.with_steps(), pk=consultation_id)
    except Http404:
        found = get_visible_or_404(
            request, Consultation.objects.with_steps(), pk=consultation_id, within="made_by"
        )
        return _render_for_asker(request, found)
    moves, scope = bool(CONSULTATION_TRANSITIONS[found.status]), request.scope
    holds = scope.may(*HOLDERS, at=found.site_id)
    feedback = list_visible(request, ConsultationFeedback.objects.filter(consultation=found))
    context = {
        "consultation": found,
        "banner": build_consultation_banner(request, found),
        "said": build_consultation_rows(found),
        "feedback": feedback[0] if feedback else None,
        "may_act": moves and scope.may("triage_referrals", at=found.site_id),
        "may_record": moves and holds,
        "may_follow_up": holds and found.status == ConsultationStatus.HELD,
    }
    return render(request, "referrals/consultation.html", context)


def _render_for_asker(request: ScopedRequest, found: Any) -> HttpResponse:
    known = summarise_for_asker(found, mine=found.asked_by_id == request.user.pk)
    context = {
        "known": known,
        "consultation": found,
        "may_take_back": bool(CONSULTATION_TRANSITIONS[found.status]),
    }
    return render(request, "referrals/my_consultation.html", context)


def build_consultation_banner(request: ScopedRequest, found: Consultation) -> dict[str, Any] | None:
    """Of the family that it is about, where the reader may open it."""
    family = Family.objects.with_people().visible_to(request.scope).filter(pk=found.family_id).first()
    if family is None:
        return None
    return build_banner(family, alerts=list_visible(request, RiskAlert.objects.open().filter(family=family)))


@policy.permission("make_referrals")
class AskForConsultationPage(record_forms.AskForConsultation, FormPage):
    """Ask for one: about an unnamed family, a named one, or (``?referral=``) one that they have referred."""

    template_name = "referrals/new_consultation.html"
    title = "Request a consultation"
    button = "Send the request"
    message = "Consultation requested. A clinician will contact you to arrange a time."
    back = PageOf("my-referrals", text="My referrals")
    leads_to = PageOf("consultation", "made")

    def get_record(self, may: Any) -> Any:
        """The referral that the address names: one of theirs, or 404; None when it names none."""
        if "referral" not in self.request.GET:
            return None
        pk = parse_token(self.request.GET["referral"])
        rows = Referral.objects.select_related("site", "place", "family")
        return get_visible_or_404(self.request, rows, within="made_by", pk=pk)


class ConsultationPage(FormPage):
    """A form about a consultation, which leads back to it."""

    def get_back_link(self) -> Link:
        return Link(reverse("consultation", args=[self.record.pk]), f"Consultation {self.record.reference}")


class TeamConsultationPage(ConsultationPage):
    """One of the team's: with the family's banner where it is about one that they may open."""

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"banner": build_consultation_banner(self.request, self.record)}


@policy.permission("triage_referrals")
class ArrangeConsultationPage(record_forms.ArrangeConsultation, WarnedFormPage, TeamConsultationPage):
    """Who thinks with them, and when; may be arranged anew."""

    title = "Book the consultation"
    button = "Save the time"
    button_again = "Save the time anyway"
    warning_title = "Booking clash"
    warning_text = "To keep this time, save again. Otherwise choose another time or person."
    field_names = {"at": "on"}


@policy.permission(*HOLDERS)
class RecordConsultationPage(record_forms.RecordConsultation, TeamConsultationPage):
    """It was held: who took part, what we thought together, and what came of it."""

    template_name = "referrals/record_consultation.html"
    title = "Consultation summary"
    button = "Save the consultation"
    field_names = {"starts_at": "held_at"}


@policy.permission(*HOLDERS)
class LogConsultationPage(record_forms.LogConsultation, FormPage):
    """One at a drop-in clinic or by phone, which nobody requested first."""

    template_name = "referrals/record_consultation.html"
    title = "Record a consultation"
    text = ("For a consultation at a drop-in clinic or by phone. What was requested online is in the list.",)
    button = "Save the consultation"
    message = "Consultation recorded."
    back = PageOf("consultations", text="Consultations")
    leads_to = PageOf("consultation", "made")


@policy.permission(*HOLDERS)
class FollowUpConsultationPage(record_forms.FollowUpConsultation, TeamConsultationPage):
    """What happened after a consultation; may be corrected."""

    title = "What happened next"
    message = "What happened next is recorded."

    def get_obstacle(self) -> str:
        held = self.record.status == ConsultationStatus.HELD
        return "" if held else "This consultation has not been held yet."


@policy.permission("triage_referrals")
class WithdrawConsultationPage(record_forms.WithdrawConsultation, TeamConsultationPage):
    """It does not take place: with the reason, which whoever asked can read."""

    title = "Cancel consultation"


@policy.permission("make_referrals")
class WithdrawOwnConsultationPage(record_forms.WithdrawOwnConsultation, ConsultationPage):
    """Whoever asked does not need it any more."""

    kind = "consultation-withdrawal"
    title = "Withdraw the request"
    button = "Withdraw the request"
