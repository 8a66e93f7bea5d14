"""A loss, taking back one that was recorded by mistake, and an adoption."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.actions import record_adoption, record_loss, undo_loss
from pairs.families.banner import banner_of, called
from pairs.families.forms import Loss, RecordAdoption, UndoLoss
from pairs.families.models import Adoption, Infant
from pairs.families.opened import family_of
from pairs.families.views.births import infant_page
from pairs.submissions.typed import Typed


@policy.permission("register_people")
def loss(request, infant_id):
    """A baby has died: a question, and then all that is automatic about them stops."""
    infant = fetch(request, Infant.objects.all(), pk=infant_id)
    family = family_of(request, infant.family_id, may="register_people")
    typed = Typed(request, kind="loss")
    form = Loss(typed.data).offering(infant)
    path = typed.submitted(
        form,
        make=lambda: record_loss(infant=infant, by=request.user, **form.cleaned_data),
        path_of=infant_page,
    )
    if path:
        messages.success(request, "The loss is recorded. Nothing about this baby is sent or asked any more.")
        return redirect(path)
    if infant.lost_on and not typed.posted:
        return redirect(infant_page(infant))
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    context |= {"name": called(infant)}
    return render(request, "families/loss.html", context)


@policy.permission("register_people")
def loss_in_error(request, infant_id):
    """The loss was recorded by mistake: taken back, with how it came about."""
    infant = fetch(request, Infant.objects.all(), pk=infant_id)
    family = family_of(request, infant.family_id, may="register_people")
    typed = Typed(request, kind="loss-in-error")
    form = UndoLoss(typed.data)
    path = typed.submitted(
        form,
        make=lambda: undo_loss(infant=infant, by=request.user, **form.cleaned_data),
        path_of=lambda undone: infant_page(infant),
    )
    if path:
        messages.success(request, "It is taken back. Nothing has been sent to anybody.")
        return redirect(path)
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    context |= {"name": called(infant)}
    return render(request, "families/loss_in_error.html", context)


@policy.permission("govern_records")
def adoption(request, infant_id):
    """A child is adopted: the birth identity is sealed, and a new record begins. Governance alone sees both."""
    typed = Typed(request, kind="adoption")
    if typed.done():
        return redirect(typed.done())
    infant = fetch(request, Infant.objects.all(), pk=infant_id)
    family = family_of(request, infant.family_id, may="govern_records")
    form = RecordAdoption(typed.data)
    path = typed.submitted(
        form,
        make=lambda: record_adoption(infant=infant, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("adoptions"),
    )
    if path:
        messages.success(request, "The adoption is recorded. The birth identity is sealed.")
        return redirect(path)
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    context |= {"name": called(infant)}
    return render(request, "families/adoption.html", context)


@policy.permission("govern_records")
def adoptions(request):
    """Which birth identity became which child's record: for information governance, and written to the log."""
    listed = Adoption.objects.select_related("birth_infant", "new_infant__family__site", "recorded_by")
    page = fetch_page(request, listed.order_by("-created_at", "id"), within="including_sealed")
    request.sight.listed.update(row.new_infant.family_id for row in page.object_list)
    return render(request, "families/adoptions.html", {"page": page})
