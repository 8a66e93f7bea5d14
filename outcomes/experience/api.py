"""The API of experience: answers from paper, through the page's form."""

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from outcomes.experience.actions import record_paper_answer
from outcomes.experience.forms import PaperAnswersForm
from outcomes.experience.views import list_paper_sites
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.submissions.api import create_once


class PaperAnswerSavedOut(serializers.Serializer):
    """That it is kept; nothing of the answer comes back."""

    kept = serializers.BooleanField()


@policy.permission("read_reports")
@extend_schema(
    request=build_input_serializer(FormInput(form=PaperAnswersForm), "NewPaperAnswer"),
    responses={201: PaperAnswerSavedOut},
)
@api_view(["POST"])
def record_paper_answer_api(request: Request) -> Response:
    """One answer from paper: site, month (2026-11), words, answers by number or left out: 1 yes … 5 no, 0 can’t say."""
    form, _ = FormInput(
        form=PaperAnswersForm, kwargs={"sites": list_paper_sites(request._request.scope)}
    ).read(request.data)
    return create_once(
        request,
        kind="paper-answer",
        make=lambda: record_paper_answer(**form.cleaned_data),
        show=lambda pk: PaperAnswerSavedOut({"kept": True}).data,
    )
