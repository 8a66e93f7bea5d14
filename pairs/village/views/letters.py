"""Letters: begun, written, signed, on paper, sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of
from pairs.families.models import Address, Caregiver
from pairs.families.opened import family_of
from pairs.jobs.models import Job
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed
from pairs.village import actions
from pairs.village.forms import LetterText, NewLetter, Sending
from pairs.village.letters import WRITE_ANEW, envelope_of, judge_of, offer_of, why_not_whole
from pairs.village.models import Letter, referrers_of
from pairs.village.panel import sharing_panel
from pairs.village.paper import paper_of, pdf_of_today
from pairs.village.views.shared import whose

MAKE_ANEW = "Something on this PDF has changed since it was made, such as the address. Make it again."


def page(request, template, family, **context):
    """A record page of this module."""
    shared = whose(family) | {"banner": banner_of(family)}
    return render(request, f"village/{template}.html", shared | context)


def to_letter(letter):
    return reverse("letter", args=[letter.pk])


@policy.permission("read_families", "govern_records")
def letters(request, family_id):
    """Every letter of a family, newest first."""
    family = family_of(request, family_id)
    found = fetch_page(request, Letter.objects.whole().filter(family=family).newest_first())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    return page(request, "letters", family, page=found, may_write=may_write)


@policy.permission("write_records")
def new_letter(request, family_id):
    """To whom, about which children: then a draft with its greeting."""
    family = family_of(request, family_id, may="write_records")
    typed = Typed(request, kind="new-letter")
    children = [f"infant:{infant.pk}" for infant in family.infants.all() if not infant.lost_on]
    form = NewLetter(typed.data, family=family, referrers=referrers_of(family), initial={"about": children})
    done = typed.submitted(
        form,
        make=lambda: actions.begin_letter(family=family, by=request.user, **form.cleaned_data),
        path_of=to_letter,
    )
    if done:
        return redirect(done)
    sharing = sharing_panel(request, family, timezone.localdate())
    return page(request, "new_letter", family, form=form, sharing=sharing, submission_token=typed.token)


@policy.permission("read_families", "govern_records", POST="write_records")
def letter(request, letter_id):
    """A draft, to go on writing; or the letter as it was signed, with what may be done with it now."""
    may = "write_records" if request.method == "POST" else None
    letter = fetch(request, Letter.objects.whole(), pk=letter_id)
    family = family_of(request, letter.family_id, may=may)
    if letter.signed_at is None and request.scope.may("write_records", at=family.site_id, of=family.pk):
        return _draft(request, letter, family)
    judge = judge_of(letter, timezone.localdate())
    context = {
        "letter": letter,
        "job": pdf_of_today(letter, timezone.localdate()),
        "problems": why_not_whole(letter, judge),
        "envelope": envelope_of(letter, judge),
        "may_write": request.scope.may("write_records", at=family.site_id, of=family.pk),
        "may_print": letter.signed_at is not None,
    }
    return page(request, "letter", family, **context)


def _draft(request, letter, family):
    typed, judge = Typed(request, kind="letter"), judge_of(letter, timezone.localdate())
    offer = offer_of(letter, judge)
    form = LetterText(typed.data, offer=offer, rows=details_of(request, family), initial=written(letter))
    done = typed.submitted(form, make=lambda: write_and_sign(letter, form, request.user), path_of=to_letter)
    if done:
        said = "The letter is signed." if form.cleaned_data["sign"] else "The draft is saved."
        messages.success(request, said)
        return redirect(done)
    context = {
        "letter": letter,
        "form": form,
        "offered": [f"about_{code}" for code in offer.parts],
        "offer": offer,
        "envelope": envelope_of(letter, judge),
        "problems": why_not_whole(letter, judge),
        "sharing": sharing_panel(request, family, timezone.localdate()),
        "typed": typed,
        "submission_token": typed.token,
    }
    return page(request, "letter_draft", family, **context)


def details_of(request, family):
    """The carers and addresses whose details a letter may carry."""
    carers = fetch_list(request, Caregiver.objects.filter(family=family))
    living = Address.objects.current().filter(family=family).select_related("infant", "caregiver")
    return [*carers, *fetch_list(request, living)]


def written(letter):
    """What the draft says already, as the form's values."""
    said = {"text": letter.text, "details": []}
    for part in letter.parts.all():
        if part.address_id or part.caregiver_id:
            code = f"address:{part.address_id}" if part.address_id else f"caregiver:{part.caregiver_id}"
            said["details"].append(code)
        else:
            said[f"about_{part.what}"] = part.text
    return said


def write_and_sign(letter, form, by):
    """Saved; and signed, if that is the button that was pressed. Page and API both do it here."""
    return actions.write_letter(
        letter=letter,
        text=form.cleaned_data["text"],
        parts=form.parts(),
        details=form.carried(),
        sign=form.cleaned_data["sign"],
        by=by,
    )


@policy.permission("read_families", "govern_records")
def letter_print(request, letter_id):
    """The letter on paper, and nothing around it; judged as it is opened."""
    letter = fetch(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family = family_of(request, letter.family_id)
    return page(request, "letter_print", family, letter=letter, paper=paper_of(letter, timezone.localdate()))


@policy.permission("read_families", "govern_records", POST="write_records")
def letter_pdf(request, letter_id):
    """POST asks for the PDF; GET downloads it, unless something in it may no longer be told."""
    may = "write_records" if request.method == "POST" else None
    letter = fetch(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family_of(request, letter.family_id, may=may)
    if request.method == "POST":
        return _ask(request, letter)
    try:
        if why_not_whole(letter, judge_of(letter, timezone.localdate())):
            raise Refused(WRITE_ANEW)
        return pdf_response(letter)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(to_letter(letter))


def _ask(request, letter):
    try:
        actions.ask_for_pdf(letter=letter, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(to_letter(letter))


def pdf_response(letter):
    """The file as it was made; 404 until it is. Refused when its address is no longer right."""
    if letter.job is None or letter.job.status != Job.DONE:
        raise Http404
    if pdf_of_today(letter, timezone.localdate()) is None:
        raise Refused(MAKE_ANEW)
    response = HttpResponse(bytes(letter.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{letter.file_name}"'
    return response


@policy.permission("read_families", "govern_records", background=True)
def letter_progress(request, letter_id):
    """Only how far the PDF is: asked every two seconds by the letter's page."""
    letter = fetch(request, Letter.objects.whole().exclude(job=None), pk=letter_id)
    return page(
        request, "letter_progress", family_of(request, letter.family_id), letter=letter, job=letter.job
    )


@policy.permission("write_records")
def letter_sending(request, letter_id):
    """Write down that it went, and how."""
    letter = fetch(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family = family_of(request, letter.family_id, may="write_records")
    typed = Typed(request, kind="letter-sending")
    envelope = envelope_of(letter, judge_of(letter, timezone.localdate()))
    form = Sending(typed.data, initial={"sent_how": "hand" if envelope.why_not else "post"})
    done = typed.submitted(
        form,
        make=lambda: actions.send_letter(letter=letter, by=request.user, **form.cleaned_data),
        path_of=to_letter,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    context = {"letter": letter, "form": form, "envelope": envelope, "submission_token": typed.token}
    return page(request, "letter_sending", family, **context)
