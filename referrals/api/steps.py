"""The API of what follows a referral: questions, withdrawal, opening again, additions, replies; and the directory."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from pairs.submissions.api import create_once
from referrals.actions import steps
from referrals.actions.additions import add_to_referral
from referrals.forms.replies import ReplyFormSet, build_reply_formset
from referrals.forms.steps import AdditionForm, OwnWithdrawalForm, QuestionForm, ReopeningForm, WithdrawalForm
from referrals.models import Addition, Destination, Referral, Reply
from referrals.rules.choices import ReferralState

QUESTION_INPUT = FormInput(form=QuestionForm, formsets={"replies": ReplyFormSet})
WITHDRAWAL_INPUT = FormInput(form=WithdrawalForm, formsets={"replies": ReplyFormSet})


class StepOut(serializers.ModelSerializer):
    """Where a referral stands after a step."""

    class Meta:
        model = Referral
        fields = ["id", "reference", "status", "decided_at"]


class OwnWithdrawalOut(serializers.Serializer):
    """To whoever referred: which one, and whether it is withdrawn now."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    withdrawn = serializers.BooleanField()


class AdditionOut(serializers.ModelSerializer):
    class Meta:
        model = Addition
        fields = ["id", "text", "at"]


class ReplyOut(serializers.ModelSerializer):
    """A reply as it was sent."""

    class Meta:
        model = Reply
        fields = ["id", "about", "to", "carer", "recipient", "way", "why_none", "text", "email", "sent_at"]


class DestinationOut(serializers.ModelSerializer):
    places = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Destination
        fields = ["id", "name", "offers", "phone", "website", "email", "how_to_start", "places", "checked_on"]


def _get_triaged_referral(request: Request, referral_id: UUID) -> Any:
    return get_visible_or_404(
        request._request, Referral.objects.with_people(), pk=referral_id, may="triage_referrals"
    )


def _take_step_once(
    request: Request,
    referral: Referral,
    action: Callable[..., Any],
    form: type[Any],
    *,
    with_replies: bool,
    kind: str,
) -> Response:
    """Read the same form as the page, take the step, show where the referral stands."""

    def make() -> Referral:
        formsets = {"replies": build_reply_formset(referral)} if with_replies else {}
        read, rows = FormInput(form=form, formsets=formsets).read(request.data)
        replies = {"replies": rows["replies"].drafts()} if with_replies else {}
        action(referral=referral, by=request.user, **read.cleaned_data, **replies)
        return referral

    return create_once(
        request,
        kind=kind,
        make=make,
        show=lambda pk: StepOut(_get_triaged_referral(request, referral.pk)).data,
    )


@policy.permission("triage_referrals")
@extend_schema(request=build_input_serializer(QUESTION_INPUT, "ReferralQuestion"), responses=StepOut)
@api_view(["POST"])
def ask_question_api(request: Request, referral_id: UUID) -> Response:
    """Ask the referrer or the family for more information (header Idempotency-Key: once a key)."""
    referral = _get_triaged_referral(request, referral_id)
    return _take_step_once(
        request, referral, steps.ask_for_more, QuestionForm, with_replies=True, kind="api-question"
    )


@policy.permission("triage_referrals")
@extend_schema(request=build_input_serializer(WITHDRAWAL_INPUT, "ReferralWithdrawal"), responses=StepOut)
@api_view(["POST"])
def withdraw_referral_api(request: Request, referral_id: UUID) -> Response:
    """Withdraw a referral, with a reply to everyone owed one (header Idempotency-Key: once a key)."""
    referral = _get_triaged_referral(request, referral_id)
    return _take_step_once(
        request,
        referral,
        steps.withdraw_referral,
        WithdrawalForm,
        with_replies=True,
        kind="api-ref-withdrawal",
    )


@policy.permission("triage_referrals")
@extend_schema(
    request=build_input_serializer(FormInput(form=ReopeningForm), "ReferralReopening"), responses=StepOut
)
@api_view(["POST"])
def reopen_referral_api(request: Request, referral_id: UUID) -> Response:
    """Reopen a referral that has ended (header Idempotency-Key: once a key)."""
    referral = _get_triaged_referral(request, referral_id)
    return _take_step_once(
        request, referral, steps.reopen_referral, ReopeningForm, with_replies=False, kind="api-reopening"
    )


@policy.permission("make_referrals", "triage_referrals")
@extend_schema(
    request=build_input_serializer(FormInput(form=AdditionForm), "ReferralAddition"), responses=AdditionOut
)
@api_view(["POST"])
def add_to_referral_api(request: Request, referral_id: UUID) -> Response:
    """Add information, as the referrer or as staff (header Idempotency-Key: once a key)."""
    referral, within = _get_referral_and_access(request, referral_id)

    def make() -> Addition:
        form, _ = FormInput(form=AdditionForm).read(request.data)
        return add_to_referral(referral=referral, text=form.cleaned_data["text"], by=request.user)

    def show(pk: UUID) -> ReturnDict:
        added = Addition.objects.filter(referral=referral)
        return AdditionOut(get_visible_or_404(request._request, added, pk=pk, within=within)).data

    return create_once(request, kind="api-addition", make=make, show=show)


def _get_referral_and_access(request: Request, referral_id: UUID) -> tuple[Any, ...]:
    """(referral, queryset method that gave access): as staff, or as its referrer."""
    try:
        return get_visible_or_404(request._request, Referral.objects.all(), pk=referral_id), "visible_to"
    except Http404:
        return _get_own_referral(request, referral_id), "made_by"


def _get_own_referral(request: Request, referral_id: UUID) -> Any:
    return get_visible_or_404(request._request, Referral.objects.all(), pk=referral_id, within="made_by")


@policy.permission("make_referrals")
@extend_schema(
    request=build_input_serializer(FormInput(form=OwnWithdrawalForm), "MyWithdrawal"),
    responses=OwnWithdrawalOut,
)
@api_view(["POST"])
def withdraw_own_referral_api(request: Request, referral_id: UUID) -> Response:
    """Withdraw one's own referral. It stays open if the service has to tell the family first."""
    referral = _get_own_referral(request, referral_id)

    def make() -> Referral:
        form, _ = FormInput(form=OwnWithdrawalForm).read(request.data)
        steps.withdraw_by_referrer(referral=referral, by=request.user, **form.cleaned_data)
        return referral

    return create_once(
        request,
        kind="api-my-withdrawal",
        make=make,
        show=lambda pk: _serialize_withdrawal(_get_own_referral(request, referral.pk)),
    )


def _serialize_withdrawal(referral: Referral) -> dict[str, Any]:
    withdrawn = referral.status == ReferralState.WITHDRAWN
    return {"id": str(referral.pk), "reference": referral.reference, "withdrawn": withdrawn}


@policy.permission("triage_referrals", "read_families", "govern_records")
@extend_schema(responses=ReplyOut(many=True))
@api_view(["GET"])
def list_replies_api(request: Request, referral_id: UUID) -> Response:
    """Replies sent about this referral, oldest first."""
    referral = get_visible_or_404(request._request, Referral.objects.all(), pk=referral_id)
    rows = list_visible(request._request, Reply.objects.filter(referral=referral).order_by("created_at"))
    return Response(ReplyOut(rows, many=True).data)


@policy.permission("triage_referrals", "read_families")
@extend_schema(responses=DestinationOut(many=True))
@api_view(["GET"])
def list_destinations_api(request: Request) -> Response:
    """The signposting directory, 50 a page; ?place= narrows it to a district and what is for everywhere."""
    found = Destination.objects.offered()
    if code := request.GET.get("place"):
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise ActionRefused({"place": "There is no such district."})
        found = found.of_place(place)
    page = get_visible_page(request._request, found.with_places())
    return Response(
        {"pages": page.paginator.num_pages, "results": DestinationOut(page.object_list, many=True).data}
    )
