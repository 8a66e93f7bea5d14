"""The API of an ending: read, saved as a draft, completed, undone; letters begun at it."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.endings import actions
from interventions.endings.forms import ChangedParts, EndingForm, NewEndingLetter, OpenThings, Reopen
from interventions.endings.models import Ending, EndingLetter, EndingPart, HandedOn, Reopening
from interventions.endings.open_work import open_work_of
from interventions.endings.views.endings import ending_from
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once
from pairs.village.models import referrers_of

ENDING = Sheet(form=EndingForm, formsets={"open": OpenThings, "changed": ChangedParts})
REOPENING, LETTER = Sheet(form=Reopen), Sheet(form=NewEndingLetter)


class PartOut(serializers.ModelSerializer):
    class Meta:
        model = EndingPart
        fields = ["dyad", "text"]


class HandedOnOut(serializers.ModelSerializer):
    class Meta:
        model = HandedOn
        fields = ["key", "what", "to_whom"]


class ReopeningOut(serializers.ModelSerializer):
    class Meta:
        model = Reopening
        fields = ["reopened_at", "because", "ended_on", "reason", "summary", "held_next_by"]


class OpenOut(serializers.Serializer):
    key = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    settle = serializers.BooleanField()


class DraftOut(serializers.ModelSerializer):
    changed = PartOut(many=True, source="parts")
    handed_on = HandedOnOut(many=True)

    class Meta:
        model = Ending
        fields = [
            "ended_on", "reason", "planned", "together", "summary", "helped", "held_next_by", "way_back",
            "preparing", "completed_at", "changed", "handed_on",
        ]  # fmt: skip


class EndingOut(serializers.Serializer):
    """An episode's ending: what the episode says of it, what is written about it, what is open, what was undone."""

    id = serializers.UUIDField()
    ended_on = serializers.DateField(allow_null=True)
    ending_reason = serializers.CharField()
    ending_summary = serializers.CharField()
    held_next_by = serializers.CharField()
    ending = DraftOut(allow_null=True)
    open = OpenOut(many=True)
    reopenings = ReopeningOut(many=True)


def _episode(request, episode_id, may=None):
    return fetch(request._request, Episode.objects.select_related("referral"), may=may, pk=episode_id)


def shown(request, episode_id):
    """One episode's ending, whole."""
    episode = _episode(request, episode_id)
    names = ("id", "ended_on", "ending_reason", "ending_summary", "held_next_by")
    facts = {name: getattr(episode, name) for name in names}
    facts["ending"] = (
        Ending.objects.visible_to(request._request.scope).whole().filter(episode=episode).first()
    )
    facts["open"] = [] if episode.ended_on else open_work_of(episode)
    facts["reopenings"] = fetch_list(
        request._request, Reopening.objects.filter(episode=episode).order_by("reopened_at")
    )
    return EndingOut(facts).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(ENDING, "Ending"), responses=EndingOut)
@api_view(["GET", "POST"])
def ending(request, episode_id):
    """GET: the ending and what is open. POST: end the episode; with ``draft`` only save what is said so far."""
    if request.method == "GET":
        return Response(shown(request, episode_id))
    episode = _episode(request, episode_id, may="write_records")
    form, rows = ENDING.read(request.data)
    return create_once(
        request,
        kind="api-ending",
        make=lambda: ending_from(episode, form, rows["open"], rows["changed"], request.user),
        show=lambda pk: shown(request, episode_id),
    )


@policy.permission("supervise")
@extend_schema(request=schema_of(REOPENING, "Reopening"), responses=EndingOut)
@api_view(["POST"])
def reopening(request, episode_id):
    """Undo an ending on the wrong day or the wrong record."""
    episode = _episode(request, episode_id, may="supervise")
    form, _ = REOPENING.read(request.data)
    return create_once(
        request,
        kind="api-reopening",
        make=lambda: actions.reopen_episode(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: shown(request, episode_id),
    )


class EndingLetterOut(serializers.ModelSerializer):
    to = serializers.CharField(source="letter.to")
    status = serializers.CharField(source="letter.status")

    class Meta:
        model = EndingLetter
        fields = ["letter", "to", "status"]


def _letters(episode):
    rows = EndingLetter.objects.filter(episode=episode).order_by("created_at", "id")
    return rows.select_related("letter__to_caregiver", "letter__to_member", "letter__to_user")


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(LETTER, "NewEndingLetter"), responses=EndingLetterOut(many=True))
@api_view(["GET", "POST"])
def ending_letters(request, episode_id):
    """GET: the letters begun at this ending. POST: begin one to one reader; go on with it at /letters/<id>/."""
    episode = _episode(request, episode_id, may=None if request.method == "GET" else "write_records")
    family = family_of(request._request, episode.family_id)
    if request.method == "GET":
        return Response(EndingLetterOut(fetch_list(request._request, _letters(episode)), many=True).data)
    kwargs = {"family": family, "referrers": referrers_of(family)}
    form, _ = replace(LETTER, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-ending-letter",
        make=lambda: actions.begin_ending_letter(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: EndingLetterOut(fetch(request._request, _letters(episode), letter=pk)).data,
    )
