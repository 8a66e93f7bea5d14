"""The API of this room: answers from paper, through the page's own form."""

from rest_framework import serializers
from rest_framework.decorators import api_view

from outcomes.experience.actions import enter_paper_answer
from outcomes.experience.forms import PaperAnswers
from outcomes.experience.views import paper_sites
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.submissions.api import create_once


class Kept(serializers.Serializer):
    """That it is kept; nothing of the answer comes back."""

    kept = serializers.BooleanField()


@policy.permission("read_reports")
@extend_schema(
    request=schema_of(Sheet(form=PaperAnswers), "NewPaperAnswer"),
    responses={201: Kept},
)
@api_view(["POST"])
def paper_answers(request):
    """One answer from paper: site, month (2026-11), words, answers by number or left out: 1 yes … 5 no, 0 can’t say."""
    form, _ = Sheet(form=PaperAnswers, kwargs={"sites": paper_sites(request._request.scope)}).read(
        request.data
    )
    return create_once(
        request,
        kind="paper-answer",
        make=lambda: enter_paper_answer(**form.cleaned_data),
        show=lambda pk: Kept({"kept": True}).data,
    )
