"""Pages of filming: a cycle begun, its page, and each step of it; and which recordings we hold."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming import actions, forms
from interventions.filming.models import FilmCycle
from interventions.filming.shown import KEEP_OR_DELETE, rows_of_film, suggested
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, called
from pairs.families.forms import EnteredInError
from pairs.families.opened import family_of
from pairs.families.views.form_page import alerts_of, form_page
from pairs.submissions.typed import Typed


def to_film(film):
    return reverse("film", args=[film.pk])


@policy.permission("write_records")
def new_film(request, episode_id):
    """The family has agreed to be filmed."""
    episode = fetch(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="new-film")
    form = forms.NewFilmCycle(typed.data, family=family, initial=_usual(episode))
    done = typed.submitted(
        form,
        make=lambda: actions.begin_film_cycle(episode=episode, by=request.user, **form.cleaned_data),
        path_of=to_film,
    )
    if done:
        messages.success(request, "The consent is saved.")
        return redirect(done)
    words = {"title": "Begin a cycle of filming", "button": "Save the consent"}
    return form_page(request, family, typed, form, back=reverse("episode", args=[episode.pk]), **words)


def _usual(episode):
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
def film(request, film_id):
    """One cycle: consent, film, shared review, the recording; and what comes next."""
    film = fetch(request, FilmCycle.objects.with_names(), pk=film_id)
    family = family_of(request, film.episode.family_id)
    context = {
        "film": film,
        "family": family,
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "rows": rows_of_film(film),
        "may_write": request.scope.may("write_records", at=film.site_id),
        "due": film.due_on is not None and film.due_on <= timezone.localdate(),
    }
    return render(request, "filming/film.html", context)


def _step(request, film_id, make_form, act, said, **words):
    """A page with one form about one cycle: what the steps have alike."""
    film = fetch(request, FilmCycle.objects.with_names(), may="write_records", pk=film_id)
    family = family_of(request, film.episode.family_id)
    typed = Typed(request, kind=request.resolver_match.url_name)
    form = make_form(typed.data, film, family)
    done = typed.submitted(
        form,
        make=lambda: act(film=film, by=request.user, **form.cleaned_data),
        path_of=to_film,
    )
    if done:
        messages.success(request, said)
        return redirect(done)
    words["text"] = [*words.get("text", ()), *_after_a_loss(film)]
    return form_page(request, family, typed, form, back=to_film(film), **words)


def _after_a_loss(film):
    return [KEEP_OR_DELETE] if film.dyad.infant.lost_on else []


@policy.permission("write_records")
def filming(request, film_id):
    """The film was made; or where it is kept, and until when, has changed."""
    return _step(
        request,
        film_id,
        lambda data, film, family: forms.Filming(data, initial=_usual_filming(film)),
        actions.record_filming,
        "Saved. It is due to be deleted from its day on.",
        title="The film was made",
        button="Save",
    )


def _usual_filming(film):
    known = {name: getattr(film, name) for name in ("filmed_on", "kept_where", "delete_by")}
    return known if film.filmed_on else suggested(timezone.localdate())


@policy.permission("write_records")
def shared_review(request, film_id):
    """The family and we watched it together."""
    today = {"reviewed_on": timezone.localdate()}
    return _step(
        request,
        film_id,
        lambda data, film, family: forms.SharedReview(data, initial=today),
        actions.record_shared_review,
        "The shared review is saved.",
        title="Watched together",
        button="Save",
    )


@policy.permission("write_records")
def consent_withdrawn(request, film_id):
    """The family no longer agrees: from that day the recording is due."""
    return _step(
        request,
        film_id,
        lambda data, film, family: forms.ConsentWithdrawn(
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
def deletion(request, film_id):
    """Our recording is gone."""
    return _step(
        request,
        film_id,
        lambda data, film, family: forms.Deletion(
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
def film_in_error(request, film_id):
    """A cycle that never was, or stands in the wrong record."""
    typed = Typed(request, kind="film-in-error")
    if typed.done():
        return redirect(typed.done())
    film = fetch(request, FilmCycle.objects.with_names(), may="write_records", pk=film_id)
    family = family_of(request, film.episode.family_id)
    form = EnteredInError(typed.data)
    done = typed.submitted(
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
    return form_page(request, family, typed, form, back=to_film(film), **words)


@policy.permission("read_families", "govern_records")
def recordings(request):
    """Every recording we hold, the soonest to delete first: whoever empties a camera needs one list."""
    held = FilmCycle.objects.recordings().with_names().select_related("episode__lead", "episode__site")
    page = fetch_page(request, held.order_by("delete_by", "id"))
    today = timezone.localdate()
    rows = [(film, called(film.dyad.infant, start=True), film.due_on <= today) for film in page.object_list]
    sealed = fetch_list(request, held.order_by("delete_by", "id"), within="sealed_away")
    return render(request, "filming/recordings.html", {"page": page, "rows": rows, "sealed": sealed})


@policy.permission("govern_records")
def sealed_recording(request, film_id):
    """An adoption sealed the record; the recording still has to go. No name is on this page."""
    found = FilmCycle.objects.recordings().filter(pk=film_id)
    film = next(iter(fetch_list(request, found, within="sealed_away")), None)
    typed = Typed(request, kind="sealed-recording")
    if typed.done():
        return redirect(typed.done())
    if film is None:
        raise Http404
    form = forms.SealedDeletion(typed.data, initial={"deleted_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.record_deletion(film=film, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("recordings"),
    )
    if done:
        messages.success(request, "Saved. Nothing is kept any more.")
        return redirect(done)
    context = {"film": film, "form": form, "submission_token": typed.token}
    return render(request, "filming/sealed_recording.html", context)
