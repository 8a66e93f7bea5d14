"""Pages of filming: begin a cycle, show it, each of its steps; and the list of recordings held."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming import actions, forms
from interventions.filming.models import FilmCycle
from interventions.filming.presenters import LOSS_NOTICE, build_film_summary, suggest_filming_initial
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner, describe_infant
from pairs.families.forms import EnteredInErrorForm
from pairs.families.views.form_page import list_open_alerts, render_form_page
from pairs.submissions.form_submission import FormSubmission


def get_film_path(film: Any) -> str:
    return reverse("film", args=[film.pk])


@policy.permission("write_records")
def add_film(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Begin a cycle with the family's consent."""
    episode = get_visible_or_404(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = get_family(request, episode.family_id)
    submission = FormSubmission(request, kind="new-film")
    form = forms.NewFilmCycleForm(submission.data, family=family, initial=_build_consent_initial(episode))
    done = submission.save_once(
        form,
        make=lambda: actions.begin_film_cycle(episode=episode, by=request.user, **form.cleaned_data),
        path_of=get_film_path,
    )
    if done:
        messages.success(request, "The consent is saved.")
        return redirect(done)
    words = {"title": "Begin a cycle of filming", "button": "Save the consent"}
    return render_form_page(
        request, family, submission, form, back=reverse("episode", args=[episode.pk]), **words
    )


def _build_consent_initial(episode: Any) -> dict[str, Any]:
    in_use = Intervention.objects.under_way(episode).order_by("order").first()
    first = in_use or Intervention.objects.offered().first()
    focus = episode.focus.live().first()
    return {
        "consented_on": timezone.localdate(),
        "intervention": first.code if first else None,
        "dyad": focus and focus.pk,
        "consent_by": focus and focus.caregiver_id,
    }


@policy.permission("read_families", "govern_records")
def show_film(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Show one cycle and its next step."""
    film = get_visible_or_404(request, FilmCycle.objects.with_names(), pk=film_id)
    family = get_family(request, film.episode.family_id)
    context = {
        "film": film,
        "family": family,
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "rows": build_film_summary(film),
        "may_write": request.scope.may("write_records", at=film.site_id),
        "due": film.due_on is not None and film.due_on <= timezone.localdate(),
    }
    return render(request, "filming/film.html", context)


def _handle_film_step(
    request: ScopedRequest,
    film_id: UUID,
    make_form: Callable[..., Any],
    act: Callable[..., Any],
    said: str,
    **words: Any,
) -> HttpResponse:
    """The shared page of the steps: one form about one cycle."""
    film = get_visible_or_404(request, FilmCycle.objects.with_names(), may="write_records", pk=film_id)
    family = get_family(request, film.episode.family_id)
    submission = FormSubmission(request, kind=request.resolver_match.url_name)
    form = make_form(submission.data, film, family)
    done = submission.save_once(
        form,
        make=lambda: act(film=film, by=request.user, **form.cleaned_data),
        path_of=get_film_path,
    )
    if done:
        messages.success(request, said)
        return redirect(done)
    words["text"] = [*words.get("text", ()), *_get_loss_notice(film)]
    return render_form_page(request, family, submission, form, back=get_film_path(film), **words)


def _get_loss_notice(film: Any) -> list[Any]:
    return [LOSS_NOTICE] if film.dyad.infant.lost_on else []


@policy.permission("write_records")
def record_filming_page(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Record that the film was made, or change where it is kept and until when."""
    return _handle_film_step(
        request,
        film_id,
        lambda data, film, family: forms.FilmingForm(data, initial=_build_filming_initial(film)),
        actions.record_filming,
        "Saved. It is due to be deleted from its day on.",
        title="The film was made",
        button="Save",
    )


def _build_filming_initial(film: FilmCycle) -> dict[str, date | None]:
    known = {name: getattr(film, name) for name in ("filmed_on", "kept_where", "delete_by")}
    return known if film.filmed_on else suggest_filming_initial(timezone.localdate())


@policy.permission("write_records")
def record_shared_review_page(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Record that the film was watched together with the family."""
    today = {"reviewed_on": timezone.localdate()}
    return _handle_film_step(
        request,
        film_id,
        lambda data, film, family: forms.SharedReviewForm(data, initial=today),
        actions.record_shared_review,
        "The shared review is saved.",
        title="Watched together",
        button="Save",
    )


@policy.permission("write_records")
def withdraw_consent_page(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Withdraw consent: from that day the recording is due to be deleted."""
    return _handle_film_step(
        request,
        film_id,
        lambda data, film, family: forms.WithdrawConsentForm(
            data, initial={"withdrawn_on": timezone.localdate()}
        ),
        actions.withdraw_film_consent,
        "Saved. The recording is due to be deleted now.",
        title="Has the family withdrawn their consent?",
        text=[
            "The recording is then due to be deleted at once, and cannot be watched again.",
            "It cannot be taken back: if they agree again, begin another cycle.",
        ],
        button="Withdraw the consent",
        danger=True,
    )


@policy.permission("write_records")
def record_deletion_page(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Record that our recording was deleted."""
    return _handle_film_step(
        request,
        film_id,
        lambda data, film, family: forms.DeletionForm(
            data, family=family, initial={"deleted_on": timezone.localdate()}
        ),
        actions.record_deletion,
        "Saved. Nothing is kept any more.",
        title="Is our recording deleted?",
        text=["Delete it where it is kept, and every copy of ours, before you say so here."],
        button="It is deleted",
        danger=True,
    )


@policy.permission("write_records")
def mark_film_in_error_page(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Mark a cycle as entered in error."""
    submission = FormSubmission(request, kind="film-in-error")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    film = get_visible_or_404(request, FilmCycle.objects.with_names(), may="write_records", pk=film_id)
    family = get_family(request, film.episode.family_id)
    form = EnteredInErrorForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.mark_film_in_error(film=film, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("episode", args=[made.episode_id]),
    )
    if done:
        messages.success(request, "The cycle is out of view. Information governance has been told.")
        return redirect(done)
    words = {
        "title": "Was this cycle entered in error?",
        "text": ["It goes out of ordinary view. A sealed copy is kept, and information governance is told."],
        "button": "Mark as entered in error",
        "danger": True,
    }
    return render_form_page(request, family, submission, form, back=get_film_path(film), **words)


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
def delete_sealed_recording(request: ScopedRequest, film_id: UUID) -> HttpResponse:
    """Record the deletion of a recording in a record sealed by an adoption. The page shows no name."""
    found = FilmCycle.objects.recordings().filter(pk=film_id)
    film = next(iter(list_visible(request, found, within="sealed_away")), None)
    submission = FormSubmission(request, kind="sealed-recording")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    if film is None:
        raise Http404
    form = forms.SealedDeletionForm(submission.data, initial={"deleted_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.record_deletion(film=film, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("recordings"),
    )
    if done:
        messages.success(request, "Saved. Nothing is kept any more.")
        return redirect(done)
    context = {"film": film, "form": form, "submission_token": submission.token}
    return render(request, "filming/sealed_recording.html", context)
