"""The API of joint work."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.alongside import actions
from interventions.alongside.forms import JointEnding, JointTerms, NewJointWork
from interventions.alongside.models import JointWork
from interventions.alongside.views.joint import joint_of, terms_of
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once

NEW, TERMS, ENDING = Sheet(form=NewJointWork), Sheet(form=JointTerms), Sheet(form=JointEnding)


class JointWorkOut(serializers.ModelSerializer):
    party = serializers.CharField()

    class Meta:
        model = JointWork
        fields = [
            "id", "family", "episode", "member", "party", "organisation", "we_do", "they_do", "days",
            "they_share", "since", "look_again_on", "ended_on", "ended_because",
        ]  # fmt: skip


def _shown(request, pk):
    return JointWorkOut(fetch(request._request, JointWork.objects.with_people(), pk=pk)).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewJointWork"), responses=JointWorkOut(many=True))
@api_view(["GET", "POST"])
def joint_works(request, family_id):
    """GET: a family's joint work, what goes on first. POST: what was agreed with somebody."""
    may = None if request.method == "GET" else "write_records"
    family = family_of(request._request, family_id, may=may)
    if request.method == "GET":
        rows = fetch_list(request._request, JointWork.objects.filter(family=family).with_people())
        return Response(JointWorkOut(rows, many=True).data)
    form, _ = replace(NEW, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-joint-work",
        make=lambda: actions.begin_joint_work(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", "govern_records", PATCH="write_records")
@extend_schema(request=schema_of(TERMS, "JointTerms"), responses=JointWorkOut)
@api_view(["GET", "PATCH"])
def joint_work(request, joint_id):
    """One agreement; PATCH changes what is sent of it."""
    if request.method == "PATCH":
        joint = joint_of(request._request, joint_id)
        sheet = replace(TERMS, kwargs={"family": family_of(request._request, joint.family_id)})
        form = sheet.read_over(terms_of(joint), request.data)
        actions.change_joint_work(joint=joint, by=request.user, **form.cleaned_data)
    return Response(_shown(request, joint_id))


@policy.permission("write_records")
@extend_schema(request=schema_of(ENDING, "JointEnding"), responses=JointWorkOut)
@api_view(["POST"])
def joint_ending(request, joint_id):
    """The last day of it, and why."""
    joint = joint_of(request._request, joint_id)
    form, _ = ENDING.read(request.data)
    return create_once(
        request,
        kind="api-joint-ending",
        make=lambda: actions.end_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
