"""Pages of filming: begin a cycle, show it, each of its steps; and the list of recordings held."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.filming import record_forms
from interventions.filming.models import FilmCycle
from interventions.filming.presenters import LOSS_NOTICE, build_film_summary
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.family_line import FAMILY_HEADERS, build_family_cells
from pairs.families.family_lines import load_family_lines
from pairs.families.last_day import has_died
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.csv_files import build_csv_response
from pairs.web.formats import format_day


@policy.permission("write_records")
class AddFilmPage(record_forms.BeginCycle, FamilyFormPage):
    """Begin a cycle with the family's consent."""

    title = "Start a filming cycle"
    button = "Save consent"
    message = "Consent saved."
    back = PageOf("episode", "record")
    leads_to = PageOf("film", "made")


@policy.permission("read_families", "govern_records")
def show_film(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Show one cycle and its next step."""
    film = get_visible_or_404(request, FilmCycle.objects.with_names(), pk=film_id)
    family = get_family(request, film.episode.family_id)
    context = {
        "film": film,
        "rows": build_film_summary(film),
        "may_write": request.scope.may("write_records", at=film.site_id),
        "due": film.due_on is not None and film.due_on <= timezone.localdate(),
    }
    return render_record_page(request, "filming/film.html", family, **context)


class FilmStepPage(FamilyFormPage):
    """A step of one cycle, from its page and back to it."""

    back = PageOf("film", "record")

    def get_text(self) -> list[str]:
        return [*self.text, LOSS_NOTICE] if has_died(self.record.dyad) else [*self.text]


@policy.permission("write_records")
class RecordFilmingPage(record_forms.RecordFilming, FilmStepPage):
    """Record that the film was made, or change where it is kept and until when."""

    title = "Record filming"
    message = "Filming recorded. It will be due for deletion on the date given."


@policy.permission("write_records")
class RecordSharedReviewPage(record_forms.RecordSharedReview, FilmStepPage):
    """Record that the film was watched together with the family."""

    title = "Watched together"
    message = "Shared review saved."


@policy.permission("write_records")
class WithdrawConsentPage(record_forms.WithdrawConsent, FilmStepPage):
    """Withdraw consent: from that day the recording is due to be deleted."""

    title = "Has the family withdrawn their consent?"
    text = (
        "The recording will be due for deletion straight away, and cannot be watched again.",
        "This cannot be undone: if they agree again, start another cycle.",
    )
    button = "Record withdrawal"
    danger = True
    message = "Withdrawal recorded. The recording is due for deletion now."


@policy.permission("write_records")
class RecordDeletionPage(record_forms.RecordDeletion, FilmStepPage):
    """Record that our recording was deleted."""

    title = "Has our recording been deleted?"
    text = ("Delete it where it is stored, and all our copies, before you confirm here.",)
    button = "Confirm deletion"
    danger = True
    message = "Deletion recorded. We no longer hold the recording."


@policy.permission("write_records")
class FilmInErrorPage(record_forms.MarkFilmInError, FilmStepPage):
    """Mark a cycle as entered in error."""

    title = "Was this cycle entered in error?"
    text = ("It is hidden from the record. A sealed copy is kept, and information governance is told.",)
    button = "Mark as entered in error"
    danger = True
    message = "Cycle marked as entered in error. Information governance has been told."
    leads_to = PageOf("episode", "made.episode_id")

    def get_text(self) -> list[str]:
        return [*self.text]


CSV_HEADERS = (*FAMILY_HEADERS, "Cycle", "Kept", "Filmed", "Delete by", "Lead", "Site")


@policy.permission("read_families", "govern_records")
def list_recordings(request: ScopedRequest) -> HttpResponse:
    """List every recording held, soonest to delete first."""
    held = FilmCycle.objects.recordings().with_names().select_related("episode__lead", "episode__site")
    page = get_visible_page(request, held.order_by("delete_by", "id"))
    today = timezone.localdate()
    lines = load_family_lines((film.episode.family_id for film in page.object_list), today)
    rows = [(film, lines[film.episode.family_id], film.due_on <= today) for film in page.object_list]
    sealed = list_visible(request, held.order_by("delete_by", "id"), within="sealed_away")
    return render(request, "filming/recordings.html", {"page": page, "rows": rows, "sealed": sealed})


@policy.permission("read_families", "govern_records")
def download_recordings(request: ScopedRequest) -> HttpResponse:
    """All of them as a CSV file; those of sealed records are left out, whatever one may see."""
    on = timezone.localdate()
    held = FilmCycle.objects.recordings().with_names()
    found = list_visible(
        request, held.select_related("episode__lead", "episode__site").order_by("delete_by", "id")
    )
    lines = load_family_lines((film.episode.family_id for film in found), on)
    rows = (
        [*build_family_cells(lines[film.episode.family_id]), film.number, film.kept_where, film.filmed_on,
         film.due_on, film.episode.lead, film.episode.site]
        for film in found
    )  # fmt: skip
    return build_csv_response(f"recordings-{on:%Y-%m-%d}.csv", CSV_HEADERS, rows)


@policy.permission("govern_records")
class SealedRecordingPage(record_forms.DeleteSealedRecording, FormPage):
    """Record the deletion of a recording in a record sealed by an adoption. The page shows no name."""

    title = "Has this recording been deleted?"
    button = "Confirm deletion"
    danger = True
    message = "Deletion recorded. We no longer hold the recording."
    back = PageOf("recordings", text="Recordings")

    def get_consequences(self) -> list[str]:
        film = self.record
        return [
            f"the recording kept at “{film.kept_where}”, filmed on {format_day(film.filmed_on)}, "
            "is recorded as deleted",
            "the sealed record stays sealed, and no one is told",
        ]
