"""The API of asking the hub."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.alongside import actions
from interventions.alongside.forms import NewAsk, TakeAsk, Words
from interventions.alongside.models import AskStep, HubAsk
from interventions.alongside.views.asks import HUB, ask_seen, of_hub, ours, steps_of
from interventions.alongside.views.peers import held_here
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch_list, fetch_page
from pairs.families.opened import family_of
from pairs.submissions.api import create_once

NEW, UNTIL, WORDS = Sheet(form=NewAsk, kwargs={"family": None}), Sheet(form=TakeAsk), Sheet(form=Words)


class QuestionOut(serializers.ModelSerializer):
    """What the hub reads before anybody has taken it on: no family, not even its id."""

    site = serializers.CharField(source="family.site.code")

    class Meta:
        model = HubAsk
        fields = ["id", "reference", "site", "wants", "question", "urgency", "asked_at", "status", "until"]


class AskStepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = AskStep
        fields = ["status", "words", "by", "at"]


class HubAskOut(QuestionOut):
    """For whoever reads the family's record."""

    asked_by = serializers.CharField(source="asked_by.username")
    taken_by = serializers.CharField(source="taken_by.username", default=None)

    class Meta(QuestionOut.Meta):
        fields = [*QuestionOut.Meta.fields, "family", "episode", "asked_by", "taken_by", "closed_at"]


class WholeAskOut(HubAskOut):
    """With what became of it, step by step."""

    steps = serializers.SerializerMethodField()

    class Meta(HubAskOut.Meta):
        fields = [*HubAskOut.Meta.fields, "steps"]

    def get_steps(self, ask) -> list[dict]:
        return AskStepOut(self.context["steps"], many=True).data


def _shown(request, pk):
    """Whole for whoever reads the record; the bare question for the hub."""
    ask, family = ask_seen(request._request, pk)
    if family is None:
        return QuestionOut(ask).data
    return WholeAskOut(ask, context={"steps": steps_of(request._request, [ask])[ask.pk]}).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewAsk"), responses=HubAskOut(many=True))
@api_view(["GET", "POST"])
def family_asks(request, family_id):
    """GET: what the hub was asked about this family. POST: ask, in words without a name."""
    if request.method == "GET":
        family = family_of(request._request, family_id)
        rows = fetch_list(request._request, HubAsk.objects.filter(family=family).waiting_first())
        return Response(HubAskOut(rows, many=True).data)
    family = held_here(request._request, family_id)
    form, _ = replace(NEW, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-ask",
        make=lambda: actions.ask_hub(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(responses=QuestionOut(many=True))
@api_view(["GET"])
def asked_of_us(request):
    """What the hub is asked, for whoever works there, 50 a page: the questions without their families."""
    page = fetch_page(request._request, HubAsk.objects.waiting_first(), within=HUB)
    results = QuestionOut(page.object_list, many=True).data
    return Response({"pages": page.paginator.num_pages, "results": results})


@policy.permission("read_families", "govern_records")
@extend_schema(responses=WholeAskOut)
@api_view(["GET"])
def ask(request, ask_id):
    """One ask."""
    return Response(_shown(request, ask_id))


@policy.permission("write_records")
@extend_schema(request=schema_of(UNTIL, "TakeAsk"), responses=WholeAskOut)
@api_view(["POST"])
def taking(request, ask_id):
    """Take it on, until a day."""
    return _step(request, of_hub(request._request, ask_id), UNTIL, actions.take_ask)


@policy.permission("write_records")
@extend_schema(request=schema_of(WORDS, "DeclineAsk"), responses=QuestionOut)
@api_view(["POST"])
def decline(request, ask_id):
    """Not now, and why."""
    return _step(request, of_hub(request._request, ask_id), WORDS, actions.decline_ask, closes=True)


@policy.permission("write_records")
@extend_schema(request=schema_of(WORDS, "AnswerAsk"), responses=QuestionOut)
@api_view(["POST"])
def answer(request, ask_id):
    """What was thought; access ends."""
    return _step(request, of_hub(request._request, ask_id), WORDS, actions.answer_ask, closes=True)


@policy.permission("write_records")
@extend_schema(request=schema_of(WORDS, "EndAsk"), responses=WholeAskOut)
@api_view(["POST"])
def ending(request, ask_id):
    """Not needed any more: the hub's access ends."""
    return _step(request, ours(request._request, ask_id), WORDS, actions.end_ask)


@policy.permission("write_records")
@extend_schema(request=schema_of(UNTIL, "ProlongAsk"), responses=WholeAskOut)
@api_view(["POST"])
def last_day(request, ask_id):
    """A new last day for the hub's access."""
    return _step(request, ours(request._request, ask_id), UNTIL, actions.prolong_ask)


def _step(request, ask, sheet, act, *, closes=False):
    """``closes``: whoever did it may not read it any more, and is told what they knew."""
    form, _ = sheet.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(ask=ask, by=request.user, **form.cleaned_data),
        show=lambda pk: QuestionOut(ask).data if closes else _shown(request, pk),
    )
