"""The API of filming, through the pages' own forms and actions."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode
from interventions.filming import actions, forms
from interventions.filming.models import FilmCycle
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once


class FilmOut(serializers.ModelSerializer):
    intervention = serializers.CharField(source="intervention.code")
    stage = serializers.CharField()

    class Meta:
        model = FilmCycle
        fields = [
            "id", "episode", "dyad", "intervention", "number", "consent_by", "consented_on", "consent_for",
            "withdrawn_on", "filmed_on", "kept_where", "delete_by", "reviewed_on", "deleted_on", "copy_given_to",
            "stage",
        ]  # fmt: skip


NEW = Sheet(form=forms.NewFilmCycle)
FILMING = Sheet(form=forms.Filming)
REVIEW = Sheet(form=forms.SharedReview)
WITHDRAWAL = Sheet(form=forms.ConsentWithdrawn)
DELETION = Sheet(form=forms.Deletion)


def _shown(request, pk):
    return FilmOut(fetch(request._request, FilmCycle.objects.with_names(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewFilmCycle"), responses=FilmOut(many=True))
@api_view(["GET", "POST"])
def films(request, episode_id):
    """GET: the episode's cycles of filming. POST: begin one, with the family's consent."""
    may = "write_records" if request.method == "POST" else None
    episode = fetch(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        found = FilmCycle.objects.filter(episode=episode).with_names().newest_first()
        return Response({"results": FilmOut(fetch_list(request._request, found), many=True).data})
    family = family_of(request._request, episode.family_id)
    form, _ = replace(NEW, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-film",
        make=lambda: actions.begin_film_cycle(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families")
@extend_schema(responses=FilmOut)
@api_view(["GET"])
def film(request, film_id):
    """One cycle."""
    return Response(_shown(request, film_id))


def _step(request, film_id, sheet, act, *, with_family=False):
    found = fetch(request._request, FilmCycle.objects.with_names(), may="write_records", pk=film_id)
    if with_family:
        family = family_of(request._request, found.episode.family_id)
        sheet = replace(sheet, kwargs={"family": family})
    form, _ = sheet.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(film=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(FILMING, "Filming"), responses=FilmOut)
@api_view(["POST"])
def filming(request, film_id):
    """The film was made: where it is kept, and until when."""
    return _step(request, film_id, FILMING, actions.record_filming)


@policy.permission("write_records")
@extend_schema(request=schema_of(REVIEW, "SharedReview"), responses=FilmOut)
@api_view(["POST"])
def shared_review(request, film_id):
    """The film was watched together."""
    return _step(request, film_id, REVIEW, actions.record_shared_review)


@policy.permission("write_records")
@extend_schema(request=schema_of(WITHDRAWAL, "ConsentWithdrawn"), responses=FilmOut)
@api_view(["POST"])
def withdrawal(request, film_id):
    """The family has withdrawn their consent."""
    return _step(request, film_id, WITHDRAWAL, actions.withdraw_film_consent)


@policy.permission("write_records")
@extend_schema(request=schema_of(DELETION, "Deletion"), responses=FilmOut)
@api_view(["POST"])
def deletion(request, film_id):
    """Our recording is deleted."""
    return _step(request, film_id, DELETION, actions.record_deletion, with_family=True)
