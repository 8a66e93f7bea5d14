"""Pages of filming: begin a cycle, show it, each of its steps; and the list of recordings held."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.filming import record_forms
from interventions.filming.models import FilmCycle
from interventions.filming.presenters import LOSS_NOTICE, build_film_summary
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import describe_infant
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import FormPage, Link
from pairs.web.jinja_environment import format_day


@policy.permission("write_records")
class AddFilmPage(record_forms.BeginCycle, FamilyFormPage):
    """Begin a cycle with the family's consent."""

    kind = "new-film"
    title = "Begin a cycle of filming"
    button = "Save the consent"
    message = "The consent is saved."

    def get_back_link(self) -> Link:
        return Link(reverse("episode", args=[self.record.pk]))

    def get_success_path(self, made: FilmCycle) -> str:
        return reverse("film", args=[made.pk])


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

    def get_back_link(self) -> Link:
        return Link(reverse("film", args=[self.record.pk]))

    def get_text(self) -> list[str]:
        lost = self.record.dyad.infant.lost_on
        return [*self.text, LOSS_NOTICE] if lost else [*self.text]


@policy.permission("write_records")
class RecordFilmingPage(record_forms.RecordFilming, FilmStepPage):
    """Record that the film was made, or change where it is kept and until when."""

    kind = "film-made"
    title = "The film was made"
    message = "Saved. It is due to be deleted from its day on."


@policy.permission("write_records")
class RecordSharedReviewPage(record_forms.RecordSharedReview, FilmStepPage):
    """Record that the film was watched together with the family."""

    kind = "film-review"
    title = "Watched together"
    message = "The shared review is saved."


@policy.permission("write_records")
class WithdrawConsentPage(record_forms.WithdrawConsent, FilmStepPage):
    """Withdraw consent: from that day the recording is due to be deleted."""

    kind = "film-withdrawal"
    title = "Has the family withdrawn their consent?"
    text = (
        "The recording is then due to be deleted at once, and cannot be watched again.",
        "It cannot be taken back: if they agree again, begin another cycle.",
    )
    button = "Withdraw the consent"
    danger = True
    message = "Saved. The recording is due to be deleted now."


@policy.permission("write_records")
class RecordDeletionPage(record_forms.RecordDeletion, FilmStepPage):
    """Record that our recording was deleted."""

    kind = "film-deletion"
    title = "Is our recording deleted?"
    text = ("Delete it where it is kept, and every copy of ours, before you say so here.",)
    button = "It is deleted"
    danger = True
    message = "Saved. Nothing is kept any more."


@policy.permission("write_records")
class FilmInErrorPage(record_forms.MarkFilmInError, FilmStepPage):
    """Mark a cycle as entered in error."""

    kind = "film-in-error"
    title = "Was this cycle entered in error?"
    text = ("It goes out of ordinary view. A sealed copy is kept, and information governance is told.",)
    button = "Mark as entered in error"
    danger = True
    message = "The cycle is out of view. Information governance has been told."

    def get_text(self) -> list[str]:
        return [*self.text]

    def get_success_path(self, made: FilmCycle) -> str:
        return reverse("episode", args=[made.episode_id])


@policy.permission("read_families", "govern_records")
def list_recordings(request: ScopedRequest) -> HttpResponse:
    """List every recording held, soonest to delete first."""
    held = FilmCycle.objects.recordings().with_names().select_related("episode__lead", "episode__site")
    page = get_visible_page(request, held.order_by("delete_by", "id"))
    today = timezone.localdate()
    rows = [
        (film, describe_infant(film.dyad.infant, start=True), film.due_on <= today)
        for film in page.object_list
    ]
    sealed = list_visible(request, held.order_by("delete_by", "id"), within="sealed_away")
    return render(request, "filming/recordings.html", {"page": page, "rows": rows, "sealed": sealed})


@policy.permission("govern_records")
class SealedRecordingPage(record_forms.DeleteSealedRecording, FormPage):
    """Record the deletion of a recording in a record sealed by an adoption. The page shows no name."""

    kind = "sealed-recording"
    title = "Is this recording deleted?"
    button = "It is deleted"
    danger = True
    message = "Saved. Nothing is kept any more."

    def get_back_link(self) -> Link:
        return Link(reverse("recordings"), "Recordings we hold")

    def get_consequences(self) -> list[str]:
        film = self.record
        return [
            f"the recording kept at “{film.kept_where}”, filmed on {format_day(film.filmed_on)}, is said to be gone",
            "the sealed record stays sealed, and nobody is told",
        ]
