"""API of joint work."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.collaboration import actions
from interventions.collaboration.forms import EndJointWorkForm, JointWorkTermsForm, NewJointWorkForm
from interventions.collaboration.joint_work.views import build_joint_work_initial, get_editable_joint_work
from interventions.collaboration.models import JointWork
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.submissions.api import create_once

NEW_JOINT_WORK_INPUT, TERMS_INPUT, ENDING_INPUT = (
    FormInput(form=NewJointWorkForm),
    FormInput(form=JointWorkTermsForm),
    FormInput(form=EndJointWorkForm),
)


class JointWorkOut(serializers.ModelSerializer):
    party = serializers.CharField()

    class Meta:
        model = JointWork
        fields = [
            "id", "family", "episode", "member", "party", "organisation", "we_do", "they_do", "days",
            "they_share", "since", "look_again_on", "ended_on", "ended_because",
        ]  # fmt: skip


def _serialize_joint_work(request: Request, pk: UUID) -> ReturnDict:
    return JointWorkOut(get_visible_or_404(request._request, JointWork.objects.with_people(), pk=pk)).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(
    request=build_input_serializer(NEW_JOINT_WORK_INPUT, "NewJointWork"), responses=JointWorkOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_create_joint_work(request: Request, family_id: UUID) -> Response:
    """GET: a family's joint work, current first. POST: record what was agreed with another professional."""
    may = None if request.method == "GET" else "write_records"
    family = get_family(request._request, family_id, may=may)
    if request.method == "GET":
        rows = list_visible(request._request, JointWork.objects.filter(family=family).with_people())
        return Response(JointWorkOut(rows, many=True).data)
    form, _ = replace(NEW_JOINT_WORK_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-joint-work",
        make=lambda: actions.begin_joint_work(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_joint_work(request, pk),
    )


@policy.permission("read_families", "govern_records", PATCH="write_records")
@extend_schema(request=build_input_serializer(TERMS_INPUT, "JointTerms"), responses=JointWorkOut)
@api_view(["GET", "PATCH"])
def show_or_edit_joint_work(request: Request, joint_id: UUID) -> Response:
    """GET: one joint-work agreement. PATCH: change the fields that are sent."""
    if request.method == "PATCH":
        joint = get_editable_joint_work(request._request, joint_id)
        sheet = replace(TERMS_INPUT, kwargs={"family": get_family(request._request, joint.family_id)})
        form = sheet.read_patch(build_joint_work_initial(joint), request.data)
        actions.change_joint_work(joint=joint, by=request.user, **form.cleaned_data)
    return Response(_serialize_joint_work(request, joint_id))


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(ENDING_INPUT, "JointEnding"), responses=JointWorkOut)
@api_view(["POST"])
def end_joint_work_api(request: Request, joint_id: UUID) -> Any:
    """End joint work, with its last day and the reason."""
    joint = get_editable_joint_work(request._request, joint_id)
    form, _ = ENDING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-joint-ending",
        make=lambda: actions.end_joint_work(joint=joint, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_joint_work(request, pk),
    )
