"""The API of triage: decide, look who is held, name who is missing, and answer what the hub is asked."""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.service.models import Site
from pairs.submissions.api import create_once
from referrals.actions import decide_referral
from referrals.actions.linking import answer_match
from referrals.actions.people import name_caregiver, name_infant
from referrals.api.referrals import CarerOut, WholeReferralOut
from referrals.forms import BabyFormSet, CarerFormSet, Decision
from referrals.forms.checks import MatchCheck
from referrals.forms.decision import MatchFormSet, match_formset
from referrals.forms.replies import ReplyFormSet, reply_formset
from referrals.looking import check_of, looked_up
from referrals.models import MatchAnswer, Referral, ReferredInfant

DECISION = Sheet(form=Decision, formsets={"matches": MatchFormSet, "replies": ReplyFormSet})
BABY, CARER = Sheet(form=BabyFormSet.form), Sheet(form=CarerFormSet.form)
CHECK = Sheet(form=MatchCheck)


class CandidateOut(serializers.Serializer):
    """Somebody held whom the caller may see."""

    id = serializers.UUIDField(source="person.pk")
    family = serializers.UUIDField(source="person.family_id")
    name = serializers.CharField(source="person.name")
    strength = serializers.CharField(source="likeness.strength")
    evidence = serializers.ListField(child=serializers.CharField(), source="likeness.evidence")
    answer = serializers.CharField()


class LookedOut(serializers.Serializer):
    """One named person and who they may be. ``hub``: what is said of records out of sight; never whose."""

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
    """A possible match that waits for whoever may see the record that is held."""

    id = serializers.UUIDField()
    referral = serializers.CharField(source="referral.reference")
    named = serializers.CharField(source="named.name")
    held = serializers.UUIDField(source="held.pk")
    family = serializers.UUIDField(source="held.family_id")
    answer = serializers.CharField()


def _referral(request, referral_id):
    people = Referral.objects.with_people()
    return fetch(request._request, people, pk=referral_id, may="triage_referrals")


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(DECISION, "Decision"), responses=WholeReferralOut)
@api_view(["POST"])
def decision(request, referral_id):
    """Answer a referral, say who is held, and send the replies (header Idempotency-Key: once a key)."""
    found = _referral(request, referral_id)
    looked = looked_up(request._request, found)
    return create_once(
        request,
        kind="api-decision",
        make=lambda: _decide(request, found, looked),
        show=lambda pk: WholeReferralOut(fetch(request._request, Referral.objects.with_people(), pk=pk)).data,
    )


def _decide(request, referral, looked):
    kwargs = {"referral": referral, "sites": Site.objects.open_on(timezone.localdate())}
    formsets = {"matches": match_formset(looked), "replies": reply_formset(referral)}
    form, rows = Sheet(form=Decision, formsets=formsets, kwargs=kwargs).read(request.data)
    answer = form.details(rows["matches"]) | {"replies": rows["replies"].drafts()}
    return decide_referral(referral=referral, by=request.user, **answer)


@policy.permission("triage_referrals")
@extend_schema(responses=LookedOut(many=True))
@api_view(["GET"])
def matches(request, referral_id):
    """Everybody named in the referral, beside those who are held at any site."""
    looked = looked_up(request._request, _referral(request, referral_id))
    return Response(LookedOut(looked, many=True).data)


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(BABY, "NamedBaby"), responses=BabyOut)
@api_view(["POST"])
def infants(request, referral_id):
    """Name a baby whom nobody named at the door."""
    return _named(request, referral_id, BABY, name_infant, BabyOut, "infants")


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(CARER, "NamedCarer"), responses=CarerOut)
@api_view(["POST"])
def caregivers(request, referral_id):
    """Name a carer whom nobody named at the door."""
    return _named(request, referral_id, CARER, name_caregiver, CarerOut, "caregivers")


def _named(request, referral_id, sheet, name_person, out, people):
    found = _referral(request, referral_id)

    def make():
        form, _ = sheet.read(request.data)
        details = {name: value for name, value in form.cleaned_data.items() if name != "born"}
        return name_person(referral=found, by=request.user, **details)

    rows = getattr(found, people).model.objects.all()
    return create_once(
        request,
        kind=f"api-name-{people}",
        make=make,
        show=lambda pk: out(fetch(request._request, rows, pk=pk)).data,
    )


@policy.permission("triage_referrals", "govern_records")
@extend_schema(responses=CheckOut(many=True))
@api_view(["GET"])
def match_checks(request):
    """Possible matches that wait for the caller."""
    rows = fetch_list(request._request, MatchAnswer.objects.with_held().order_by("at").waiting())
    request._request.sight.listed.update(each.held.family_id for each in rows)
    return Response(CheckOut(rows, many=True).data)


@policy.permission("triage_referrals", "govern_records")
@extend_schema(request=schema_of(CHECK, "MatchCheck"), responses=CheckOut)
@api_view(["POST"])
def match_check(request, check_id):
    """Say whether they are the same person."""
    check = check_of(request._request, check_id)

    def make():
        form, _ = CHECK.read(request.data)
        return answer_match(check=check, by=request.user, **form.cleaned_data)

    return create_once(
        request,
        kind="api-match-check",
        make=make,
        show=lambda pk: CheckOut(fetch(request._request, MatchAnswer.objects.with_held(), pk=pk)).data,
    )
