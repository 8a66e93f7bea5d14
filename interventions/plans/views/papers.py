"""A plan as a page for one carer: chosen, read as it will stand, printed or made as a PDF, handed over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from interventions.plans import actions, forms
from interventions.plans.models import Plan, PlanPaper
from interventions.plans.paper import carers_to_give, lines_of, names_others, pdf_of_today
from interventions.plans.views.shown import Words, act, of_record, page
from interventions.plans.views.writing import to_plan
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.opened import family_of
from pairs.jobs.models import Job
from pairs.service.refusals import Refused

READERS = ("read_families", "govern_records")
MAKE_ANEW = "Something on this PDF has changed since it was made. Make it again."


def to_paper(paper):
    return reverse("plan-paper", args=[paper.pk])


def opened(request, paper_id, may=None):
    """(the page for one carer, its family) in scope."""
    paper = fetch(request, PlanPaper.objects.whole(), may=may, pk=paper_id)
    return paper, family_of(request, paper.plan.episode.family_id)


@policy.permission("write_records")
def new_paper(request, plan_id):
    """For which carer: nothing is printed yet."""
    plan, family = of_record(request, Plan.objects.whole(), plan_id)
    carers = carers_to_give(plan, timezone.localdate())
    return act(
        request, family, plan.episode,
        kind="new-plan-paper",
        form_of=lambda data: forms.NewPaper(data, carers=carers, initial={"to": carers[0].pk if carers else None}),
        make=lambda **said: actions.make_paper(plan=plan, by=request.user, **said),
        path_of=to_paper,
        template="new_paper",
        carers=carers,
        plan=plan,
        words=Words("A page for the family", "See it first", "Read it as they will, before you print it."),
    )  # fmt: skip


@policy.permission(*READERS, POST="write_records")
def paper(request, paper_id):
    """The page as it will stand on paper, and what can be done with it; POST: it was handed over."""
    found, family = opened(request, paper_id, may="write_records" if request.method == "POST" else None)
    on = timezone.localdate()
    lines = lines_of(found.plan, found.to_caregiver, on)
    return act(
        request, family, found.plan.episode,
        kind="plan-paper",
        form_of=lambda data: forms.Given(data, initial={"given_on": found.given_on or on}),
        make=lambda **said: actions.give_paper(paper=found, by=request.user, **said),
        path_of=to_paper,
        template="paper",
        words=Words("A page for the family", "Save the day", "Saved."),
        paper=found,
        lines=lines,
        others=[] if lines["stopped"] else names_others(found.plan, found.to_caregiver),
        job=pdf_of_today(found, on),
        may_write=request.scope.may("write_records", at=found.site_id),
        to_plan=to_plan(found.plan),
    )  # fmt: skip


@policy.permission(*READERS, POST="write_records")
def paper_pdf(request, paper_id):
    """POST asks for the PDF; GET downloads it, unless it may no longer be given."""
    found, _ = opened(request, paper_id, may="write_records" if request.method == "POST" else None)
    try:
        if request.method == "GET":
            return pdf_response(found)
        actions.ask_for_pdf(paper=found, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(to_paper(found))


def pdf_response(paper):
    """The file as it was made; 404 until it is. Refused when its lines are no longer right, or not for them."""
    if paper.job is None or paper.job.status != Job.DONE:
        raise Http404
    on = timezone.localdate()
    stopped = lines_of(paper.plan, paper.to_caregiver, on)["stopped"]
    if stopped or pdf_of_today(paper, on) is None:
        raise Refused(stopped or MAKE_ANEW)
    response = HttpResponse(bytes(paper.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{paper.file_name}"'
    return response


@policy.permission(*READERS, background=True)
def paper_progress(request, paper_id):
    """Only how far the PDF is: asked every two seconds by its page."""
    found, family = opened(request, paper_id)
    if found.job is None:
        raise Http404
    return page(request, "paper_progress", family, paper=found, job=found.job)
