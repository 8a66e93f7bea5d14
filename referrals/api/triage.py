"""The API of triage: decide, find matching records, add missing people, answer match checks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.service.models import Site
from pairs.submissions.api import create_once
from referrals.actions import decide_referral
from referrals.actions.linking import answer_match
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.api.referrals import CarerOut, WholeReferralOut
from referrals.duplicate_check import check_duplicates, get_match_check
from referrals.forms import BabyFormSet, CarerFormSet, DecisionForm
from referrals.forms.decision import MatchFormSet, build_match_formset
from referrals.forms.match_checks import MatchCheckForm
from referrals.forms.replies import ReplyFormSet, build_reply_formset
from referrals.matching import CandidateSet
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant

DECISION_INPUT = FormInput(form=DecisionForm, formsets={"matches": MatchFormSet, "replies": ReplyFormSet})
BABY_INPUT, CARER_INPUT = FormInput(form=BabyFormSet.form), FormInput(form=CarerFormSet.form)
MATCH_CHECK_INPUT = FormInput(form=MatchCheckForm)


class CandidateOut(serializers.Serializer):
    """An existing person whom the caller may see."""

    id = serializers.UUIDField(source="person.pk")
    family = serializers.UUIDField(source="person.family_id")
    name = serializers.CharField(source="person.name")
    strength = serializers.CharField(source="likeness.strength")
    evidence = serializers.ListField(child=serializers.CharField(), source="likeness.evidence")
    answer = serializers.CharField()


class CandidateSetOut(serializers.Serializer):
    """One named person with possible matches. ``hub``: the hub's answer about records out of scope."""

    named = serializers.UUIDField(source="named.pk")
    kind = serializers.CharField()
    name = serializers.CharField(source="named.name")
    candidates = CandidateOut(many=True, source="here")
    hub = serializers.CharField()


class BabyOut(serializers.ModelSerializer):
    class Meta:
        model = ReferredInfant
        fields = ["id", "given_name", "family_name", "birth_date", "estimated_due_date", "became"]


class CheckOut(serializers.Serializer):
    """A possible match waiting for somebody with access to the existing record."""

    id = serializers.UUIDField()
    referral = serializers.CharField(source="referral.reference")
    named = serializers.CharField(source="named.name")
    held = serializers.UUIDField(source="held.pk")
    family = serializers.UUIDField(source="held.family_id")
    answer = serializers.CharField()


def _get_triaged_referral(request: Request, referral_id: UUID) -> Any:
    people = Referral.objects.with_people()
    return get_visible_or_404(request._request, people, pk=referral_id, may="triage_referrals")


@policy.permission("triage_referrals")
@extend_schema(request=build_input_serializer(DECISION_INPUT, "Decision"), responses=WholeReferralOut)
@api_view(["POST"])
def decide_referral_api(request: Request, referral_id: UUID) -> Response:
    """Decide a referral, confirm matches and send the replies (header Idempotency-Key: once a key)."""
    found = _get_triaged_referral(request, referral_id)
    looked = check_duplicates(request._request, found)
    return create_once(
        request,
        kind="api-decision",
        make=lambda: _decide_from_payload(request, found, looked),
        show=lambda pk: (
            WholeReferralOut(get_visible_or_404(request._request, Referral.objects.with_people(), pk=pk)).data
        ),
    )


def _decide_from_payload(request: Request, referral: Referral, looked: list[CandidateSet]) -> Referral:
    kwargs = {"referral": referral, "sites": Site.objects.open_on(timezone.localdate())}
    formsets = {"matches": build_match_formset(looked), "replies": build_reply_formset(referral)}
    form, rows = FormInput(form=DecisionForm, formsets=formsets, kwargs=kwargs).read(request.data)
    answer = form.details(rows["matches"]) | {"replies": rows["replies"].drafts()}
    return decide_referral(referral=referral, by=request.user, **answer)


@policy.permission("triage_referrals")
@extend_schema(responses=CandidateSetOut(many=True))
@api_view(["GET"])
def list_matches_api(request: Request, referral_id: UUID) -> Response:
    """People named in the referral, each with possible matches among existing records of any site."""
    looked = check_duplicates(request._request, _get_triaged_referral(request, referral_id))
    return Response(CandidateSetOut(looked, many=True).data)


@policy.permission("triage_referrals")
@extend_schema(request=build_input_serializer(BABY_INPUT, "NamedBaby"), responses=BabyOut)
@api_view(["POST"])
def add_infant_api(request: Request, referral_id: UUID) -> Response:
    """Add a baby whom the referral does not name."""
    return _add_person_once(request, referral_id, BABY_INPUT, add_named_infant, BabyOut, "infants")


@policy.permission("triage_referrals")
@extend_schema(request=build_input_serializer(CARER_INPUT, "NamedCarer"), responses=CarerOut)
@api_view(["POST"])
def add_caregiver_api(request: Request, referral_id: UUID) -> Response:
    """Add a carer whom the referral does not name."""
    return _add_person_once(request, referral_id, CARER_INPUT, add_named_caregiver, CarerOut, "caregivers")


def _add_person_once(
    request: Request,
    referral_id: UUID,
    form_input: FormInput,
    name_person: Callable[..., Any],
    out: type[CarerOut],
    people: str,
) -> Response:
    found = _get_triaged_referral(request, referral_id)

    def make() -> ReferredCaregiver:
        form, _ = form_input.read(request.data)
        details = {name: value for name, value in form.cleaned_data.items() if name != "born"}
        return name_person(referral=found, by=request.user, **details)

    rows = getattr(found, people).model.objects.all()
    return create_once(
        request,
        kind=f"api-name-{people}",
        make=make,
        show=lambda pk: out(get_visible_or_404(request._request, rows, pk=pk)).data,
    )


@policy.permission("triage_referrals", "govern_records")
@extend_schema(responses=CheckOut(many=True))
@api_view(["GET"])
def list_match_checks_api(request: Request) -> Response:
    """Possible matches that wait for the caller's check."""
    rows = list_visible(request._request, MatchAnswer.objects.with_held().order_by("at").waiting())
    request._request.access_log.listed.update(each.held.family_id for each in rows)
    return Response(CheckOut(rows, many=True).data)


@policy.permission("triage_referrals", "govern_records")
@extend_schema(request=build_input_serializer(MATCH_CHECK_INPUT, "MatchCheck"), responses=CheckOut)
@api_view(["POST"])
def answer_match_check_api(request, check_id):
    """Say whether they are the same person."""
    check = get_match_check(request._request, check_id)

    def make():
        form, _ = MATCH_CHECK_INPUT.read(request.data)
        return answer_match(check=check, by=request.user, **form.cleaned_data)

    return create_once(
        request,
        kind="api-match-check",
        make=make,
        show=lambda pk: (
            CheckOut(get_visible_or_404(request._request, MatchAnswer.objects.with_held(), pk=pk)).data
        ),
    )
