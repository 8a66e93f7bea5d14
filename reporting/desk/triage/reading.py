"""Who reads new referrals first: marked as read by whom and when; reader and deputy of each site."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.service.models import Site
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed
from referrals.actions import mark_read
from referrals.actions.reading import name_first_readers
from referrals.forms.reading import FirstReaders
from referrals.models import FirstReader
from reporting.desk.triage.fetched import referral_of


@policy.permission("triage_referrals")
def referral_read(request, referral_id):
    """Say that somebody has read it: who and when is kept."""
    referral = referral_of(request, referral_id)
    if request.method == "POST" and referral.status in ("received", "more_asked"):
        _mark_read(request, referral)
    return redirect("decide-referral", referral.pk)


def _mark_read(request, referral):
    """Two who click at once: the first one's name is kept, and the second is told so kindly."""
    try:
        mark_read(referral=referral, by=request.user)
    except Refused:
        messages.info(request, "Somebody else was here a moment before you; what they did is kept.")
    else:
        messages.success(request, "Marked as read, with your name and the time.")


@policy.permission("supervise")
def first_readers(request):
    """Reader and deputy of each site that one supervises, and the form that names them."""
    sites = Site.objects.filter(pk__in=request.scope.sites("supervise"))
    typed = Typed(request, kind="first-readers")
    form = FirstReaders(typed.data, sites=sites)
    done = typed.submitted(
        form,
        make=lambda: name_first_readers(by=request.user, **form.cleaned_data),
        path_of=lambda named: reverse("first-readers"),
    )
    if done:
        messages.success(request, "Saved. New referrals of this site go to them from now on.")
        return redirect(done)
    named = {
        each.site_id: each
        for each in FirstReader.objects.visible_to(request.scope).select_related("reader", "deputy")
    }
    rows = [(site, named.get(site.pk)) for site in sites]
    context = {"form": form, "rows": rows, "submission_token": typed.token}
    return render(request, "desk/first_readers.html", context)
