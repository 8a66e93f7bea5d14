"""API of an ending: show, save as a draft, complete, undo; begin letters."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.endings import actions
from interventions.endings.forms import (
    ChangedPartFormSet,
    EndingForm,
    NewEndingLetterForm,
    OutstandingItemFormSet,
    ReopenForm,
)
from interventions.endings.models import Ending, EndingLetter, EndingPart, HandoverItem, Reopening
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.endings.views.endings import prepare_ending_from_forms
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.records import RecordQuerySet
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.submissions.api import create_once
from pairs.village.models import query_referrers

ENDING_INPUT = FormInput(
    form=EndingForm, formsets={"open": OutstandingItemFormSet, "changed": ChangedPartFormSet}
)
REOPENING_INPUT, LETTER_INPUT = FormInput(form=ReopenForm), FormInput(form=NewEndingLetterForm)


class EndingPartOut(serializers.ModelSerializer):
    class Meta:
        model = EndingPart
        fields = ["dyad", "text"]


class HandedOnOut(serializers.ModelSerializer):
    class Meta:
        model = HandoverItem
        fields = ["key", "what", "to_whom"]


class ReopeningOut(serializers.ModelSerializer):
    class Meta:
        model = Reopening
        fields = ["reopened_at", "because", "ended_on", "reason", "summary", "held_next_by"]


class OutstandingItemOut(serializers.Serializer):
    key = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    settle = serializers.BooleanField()


class EndingDraftOut(serializers.ModelSerializer):
    changed = EndingPartOut(many=True, source="parts")
    handed_on = HandedOnOut(many=True)

    class Meta:
        model = Ending
        fields = [
            "ended_on", "reason", "planned", "together", "summary", "helped", "held_next_by", "way_back",
            "preparing", "completed_at", "changed", "handed_on",
        ]  # fmt: skip


class EndingOut(serializers.Serializer):
    """An episode's ending: its own fields, the ending record, outstanding work, earlier reopenings."""

    id = serializers.UUIDField()
    ended_on = serializers.DateField(allow_null=True)
    ending_reason = serializers.CharField()
    ending_summary = serializers.CharField()
    held_next_by = serializers.CharField()
    ending = EndingDraftOut(allow_null=True)
    open = OutstandingItemOut(many=True)
    reopenings = ReopeningOut(many=True)


def _get_episode(request: Request, episode_id: UUID, may: str | None = None) -> Any:
    return get_visible_or_404(
        request._request, Episode.objects.select_related("referral"), may=may, pk=episode_id
    )


def serialize_ending(request: Request, episode_id: UUID) -> ReturnDict:
    """The full ending of one episode, as JSON."""
    episode = _get_episode(request, episode_id)
    names = ("id", "ended_on", "ending_reason", "ending_summary", "held_next_by")
    facts = {name: getattr(episode, name) for name in names}
    facts["ending"] = (
        Ending.objects.visible_to(request._request.scope).whole().filter(episode=episode).first()
    )
    facts["open"] = [] if episode.ended_on else list_outstanding_work(episode)
    facts["reopenings"] = list_visible(
        request._request, Reopening.objects.filter(episode=episode).order_by("reopened_at")
    )
    return EndingOut(facts).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(ENDING_INPUT, "Ending"), responses=EndingOut)
@api_view(["GET", "POST"])
def show_or_end_episode(request: Request, episode_id: UUID) -> Response:
    """GET: the ending and outstanding work. POST: end the episode, or with ``draft`` only save the draft."""
    if request.method == "GET":
        return Response(serialize_ending(request, episode_id))
    episode = _get_episode(request, episode_id, may="write_records")
    form, rows = ENDING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-ending",
        make=lambda: prepare_ending_from_forms(episode, form, rows["open"], rows["changed"], request.user),
        show=lambda pk: serialize_ending(request, episode_id),
    )


@policy.permission("supervise")
@extend_schema(request=build_input_serializer(REOPENING_INPUT, "Reopening"), responses=EndingOut)
@api_view(["POST"])
def reopen_episode_api(request: Request, episode_id: UUID) -> Response:
    """Reopen an episode that was ended on the wrong day or in the wrong record."""
    episode = _get_episode(request, episode_id, may="supervise")
    form, _ = REOPENING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-reopening",
        make=lambda: actions.reopen_episode(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: serialize_ending(request, episode_id),
    )


class EndingLetterOut(serializers.ModelSerializer):
    to = serializers.CharField(source="letter.to")
    status = serializers.CharField(source="letter.status")

    class Meta:
        model = EndingLetter
        fields = ["letter", "to", "status"]


def _query_ending_letters(episode: Episode) -> RecordQuerySet:
    rows = EndingLetter.objects.filter(episode=episode).order_by("created_at", "id")
    return rows.select_related("letter__to_caregiver", "letter__to_member", "letter__to_user")


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(LETTER_INPUT, "NewEndingLetter"), responses=EndingLetterOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_begin_ending_letters(request: Request, episode_id: UUID) -> Response:
    """GET: letters begun at this ending. POST: begin one to a recipient; edit it at /letters/<id>/."""
    episode = _get_episode(request, episode_id, may=None if request.method == "GET" else "write_records")
    family = get_family(request._request, episode.family_id)
    if request.method == "GET":
        return Response(
            EndingLetterOut(list_visible(request._request, _query_ending_letters(episode)), many=True).data
        )
    kwargs = {"family": family, "referrers": query_referrers(family)}
    form, _ = replace(LETTER_INPUT, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-ending-letter",
        make=lambda: actions.begin_ending_letter(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: (
            EndingLetterOut(
                get_visible_or_404(request._request, _query_ending_letters(episode), letter=pk)
            ).data
        ),
    )
