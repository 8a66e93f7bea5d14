"""The API of what follows a referral: questions, withdrawal, opening again, additions, replies; and the directory."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.service.models import Place
from pairs.service.refusals import Refused
from pairs.submissions.api import create_once
from referrals.actions import steps
from referrals.actions.additions import add_to_referral
from referrals.forms.replies import ReplyFormSet, reply_formset
from referrals.forms.steps import NewAddition, OwnWithdrawal, Question, Reopening, Withdrawal
from referrals.models import Addition, Destination, Referral, Reply

QUESTION = Sheet(form=Question, formsets={"replies": ReplyFormSet})
WITHDRAWAL = Sheet(form=Withdrawal, formsets={"replies": ReplyFormSet})


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


def _ours(request, referral_id):
    return fetch(request._request, Referral.objects.with_people(), pk=referral_id, may="triage_referrals")


def _step(request, referral, action, form, *, with_replies, kind):
    """Read the same form as the page, take the step, show where the referral stands."""

    def make():
        formsets = {"replies": reply_formset(referral)} if with_replies else {}
        read, rows = Sheet(form=form, formsets=formsets).read(request.data)
        replies = {"replies": rows["replies"].drafts()} if with_replies else {}
        action(referral=referral, by=request.user, **read.cleaned_data, **replies)
        return referral

    return create_once(
        request, kind=kind, make=make, show=lambda pk: StepOut(_ours(request, referral.pk)).data
    )


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(QUESTION, "ReferralQuestion"), responses=StepOut)
@api_view(["POST"])
def question(request, referral_id):
    """Ask one person for more (header Idempotency-Key: once a key)."""
    referral = _ours(request, referral_id)
    return _step(request, referral, steps.ask_for_more, Question, with_replies=True, kind="api-question")


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(WITHDRAWAL, "ReferralWithdrawal"), responses=StepOut)
@api_view(["POST"])
def withdrawal(request, referral_id):
    """Withdraw it, with a reply to everybody owed one (header Idempotency-Key: once a key)."""
    referral = _ours(request, referral_id)
    return _step(
        request, referral, steps.withdraw_referral, Withdrawal, with_replies=True, kind="api-ref-withdrawal"
    )


@policy.permission("triage_referrals")
@extend_schema(request=schema_of(Sheet(form=Reopening), "ReferralReopening"), responses=StepOut)
@api_view(["POST"])
def reopening(request, referral_id):
    """Open one again that ended (header Idempotency-Key: once a key)."""
    referral = _ours(request, referral_id)
    return _step(
        request, referral, steps.reopen_referral, Reopening, with_replies=False, kind="api-reopening"
    )


@policy.permission("make_referrals", "triage_referrals")
@extend_schema(request=schema_of(Sheet(form=NewAddition), "ReferralAddition"), responses=AdditionOut)
@api_view(["POST"])
def additions(request, referral_id):
    """Add to it, from whoever referred or typed by staff (header Idempotency-Key: once a key)."""
    referral, within = _reached(request, referral_id)

    def make():
        form, _ = Sheet(form=NewAddition).read(request.data)
        return add_to_referral(referral=referral, text=form.cleaned_data["text"], by=request.user)

    def show(pk):
        added = Addition.objects.filter(referral=referral)
        return AdditionOut(fetch(request._request, added, pk=pk, within=within)).data

    return create_once(request, kind="api-addition", make=make, show=show)


def _reached(request, referral_id):
    """(the referral, the door it was reached through): as staff, or as whoever made it."""
    try:
        return fetch(request._request, Referral.objects.all(), pk=referral_id), "visible_to"
    except Http404:
        return _mine(request, referral_id), "made_by"


def _mine(request, referral_id):
    return fetch(request._request, Referral.objects.all(), pk=referral_id, within="made_by")


@policy.permission("make_referrals")
@extend_schema(request=schema_of(Sheet(form=OwnWithdrawal), "MyWithdrawal"), responses=OwnWithdrawalOut)
@api_view(["POST"])
def own_withdrawal(request, referral_id):
    """Whoever referred withdraws it; where we are to tell the family first, it stays open until we have."""
    referral = _mine(request, referral_id)

    def make():
        form, _ = Sheet(form=OwnWithdrawal).read(request.data)
        steps.withdraw_own(referral=referral, by=request.user, **form.cleaned_data)
        return referral

    return create_once(
        request, kind="api-my-withdrawal", make=make, show=lambda pk: _standing(_mine(request, referral.pk))
    )


def _standing(referral):
    withdrawn = referral.status == "withdrawn"
    return {"id": str(referral.pk), "reference": referral.reference, "withdrawn": withdrawn}


@policy.permission("triage_referrals", "read_families", "govern_records")
@extend_schema(responses=ReplyOut(many=True))
@api_view(["GET"])
def replies(request, referral_id):
    """Who heard what, and how, oldest first."""
    referral = fetch(request._request, Referral.objects.all(), pk=referral_id)
    rows = fetch_list(request._request, Reply.objects.filter(referral=referral).order_by("created_at"))
    return Response(ReplyOut(rows, many=True).data)


@policy.permission("triage_referrals", "read_families")
@extend_schema(responses=DestinationOut(many=True))
@api_view(["GET"])
def destinations(request):
    """The signposting directory as it is offered, 50 a page; ?place= for one district and what is everywhere."""
    found = Destination.objects.offered()
    if code := request.GET.get("place"):
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise Refused({"place": "There is no such district."})
        found = found.of_place(place)
    page = fetch_page(request._request, found.with_places())
    return Response(
        {"pages": page.paginator.num_pages, "results": DestinationOut(page.object_list, many=True).data}
    )
