"""API of filming; uses the pages' forms and actions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.episodes.models import Episode
from interventions.filming import actions, forms
from interventions.filming.models import FilmCycle
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
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


NEW_FILM_INPUT = FormInput(form=forms.NewFilmCycleForm)
FILMING_INPUT = FormInput(form=forms.FilmingForm)
REVIEW_INPUT = FormInput(form=forms.SharedReviewForm)
WITHDRAWAL_INPUT = FormInput(form=forms.WithdrawConsentForm)
DELETION_INPUT = FormInput(form=forms.DeletionForm)


def _serialize_film(request: Request, pk: UUID) -> ReturnDict:
    return FilmOut(get_visible_or_404(request._request, FilmCycle.objects.with_names(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(NEW_FILM_INPUT, "NewFilmCycle"), responses=FilmOut(many=True))
@api_view(["GET", "POST"])
def list_or_begin_films(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's cycles of filming. POST: begin a cycle, with the family's consent."""
    may = "write_records" if request.method == "POST" else None
    episode = get_visible_or_404(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        found = FilmCycle.objects.filter(episode=episode).with_names().newest_first()
        return Response({"results": FilmOut(list_visible(request._request, found), many=True).data})
    family = get_family(request._request, episode.family_id)
    form, _ = replace(NEW_FILM_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-film",
        make=lambda: actions.begin_film_cycle(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_film(request, pk),
    )


@policy.permission("read_families")
@extend_schema(responses=FilmOut)
@api_view(["GET"])
def show_film_api(request: Request, film_id: UUID) -> Response:
    """Show one cycle of filming."""
    return Response(_serialize_film(request, film_id))


def _take_film_step_once(
    request: Request,
    film_id: UUID,
    form_input: FormInput,
    act: Callable[..., Any],
    *,
    with_family: bool = False,
) -> Response:
    found = get_visible_or_404(
        request._request, FilmCycle.objects.with_names(), may="write_records", pk=film_id
    )
    if with_family:
        family = get_family(request._request, found.episode.family_id)
        form_input = replace(form_input, kwargs={"family": family})
    form, _ = form_input.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(film=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_film(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(FILMING_INPUT, "Filming"), responses=FilmOut)
@api_view(["POST"])
def record_filming_api(request: Request, film_id: UUID) -> Response:
    """Record that the film was made, where it is kept and until when."""
    return _take_film_step_once(request, film_id, FILMING_INPUT, actions.record_filming)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(REVIEW_INPUT, "SharedReview"), responses=FilmOut)
@api_view(["POST"])
def record_shared_review_api(request: Request, film_id: UUID) -> Response:
    """Record the shared review: the film was watched together with the family."""
    return _take_film_step_once(request, film_id, REVIEW_INPUT, actions.record_shared_review)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(WITHDRAWAL_INPUT, "ConsentWithdrawn"), responses=FilmOut)
@api_view(["POST"])
def withdraw_film_consent_api(request: Request, film_id: UUID) -> Response:
    """Withdraw the family's consent; the recording is then due to be deleted."""
    return _take_film_step_once(request, film_id, WITHDRAWAL_INPUT, actions.withdraw_film_consent)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(DELETION_INPUT, "Deletion"), responses=FilmOut)
@api_view(["POST"])
def record_deletion_api(request: Request, film_id: UUID) -> Response:
    """Record that our recording was deleted."""
    return _take_film_step_once(request, film_id, DELETION_INPUT, actions.record_deletion, with_family=True)
