"""The API of rosters: a family's places, who comes, leaving."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode
from interventions.groups import actions, forms
from interventions.groups.forms.places import value_of
from interventions.groups.models import GroupPlace
from interventions.groups.roster import kept_apart
from interventions.groups.views.places import join_from, programmes_for
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once


class GroupPlaceOut(serializers.ModelSerializer):
    people = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = GroupPlace
        fields = ["id", "programme", "episode", "joined_on", "left_on", "left_because", "people", "warnings"]

    def get_people(self, place) -> list[str]:
        return [value_of(each.person) for each in place.people.all()]

    def get_warnings(self, place) -> list[str]:
        """Who is to be kept apart in this group: the page says it before anybody joins."""
        return kept_apart(self.context["request"], place.programme_id)


NEW, GUESTS, LEAVING = (
    Sheet(form=forms.NewPlace),
    Sheet(form=forms.Guests),
    Sheet(form=forms.Leaving),
)


def _out(request, rows, **options):
    return GroupPlaceOut(rows, context={"request": request._request}, **options).data


def _shown(request, pk):
    return _out(request, fetch(request._request, GroupPlace.objects.with_people(), pk=pk))


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewGroupPlace"), responses=GroupPlaceOut)
@api_view(["GET", "POST"])
def places(request, episode_id):
    """GET: the episode's places in groups. POST: join one; ``people`` are "infant:…" and "caregiver:…"."""
    may = "write_records" if request.method == "POST" else None
    episode = fetch(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        found = GroupPlace.objects.filter(episode=episode).with_people().order_by("-joined_on", "pk")
        return Response({"results": _out(request, fetch_list(request._request, found), many=True)})
    family = family_of(request._request, episode.family_id)
    programmes = programmes_for(request._request.scope, episode)
    form, _ = replace(NEW, kwargs={"family": family, "programmes": programmes}).read(request.data)
    return create_once(
        request,
        kind="api-group-place",
        make=lambda: join_from(form, episode, request.user),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=schema_of(GUESTS, "GroupGuests"), responses=GroupPlaceOut)
@api_view(["GET", "PATCH"])
def place(request, place_id):
    """GET: one place. PATCH: who of the family comes."""
    may = "write_records" if request.method == "PATCH" else None
    found = fetch(request._request, GroupPlace.objects.with_people(), may=may, pk=place_id)
    if request.method == "PATCH":
        family = family_of(request._request, found.episode.family_id)
        now = {"people": [value_of(each.person) for each in found.people.all()]}
        form = replace(GUESTS, kwargs={"family": family}).read_over(now, request.data)
        actions.change_guests(place=found, people=form.chosen(), by=request.user)
    return Response(_shown(request, found.pk))


@policy.permission("write_records")
@extend_schema(request=schema_of(LEAVING, "GroupLeaving"), responses=GroupPlaceOut)
@api_view(["POST"])
def leaving(request, place_id):
    """The family's last day in the group, and why."""
    found = fetch(request._request, GroupPlace.objects.with_people(), may="write_records", pk=place_id)
    form, _ = LEAVING.read(request.data)
    return create_once(
        request,
        kind="api-group-leaving",
        make=lambda: actions.leave_group(place=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
