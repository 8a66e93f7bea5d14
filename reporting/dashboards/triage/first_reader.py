"""Who reads new referrals first: marked as read by whom and when; reader and deputy of each site."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.models import Site, SiteQuerySet
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, Link
from referrals.actions import mark_referral_read
from referrals.actions.first_reader import set_first_readers
from referrals.forms.first_reader import FirstReadersForm
from referrals.models import FirstReader, Referral
from referrals.rules.choices import ReferralState
from reporting.dashboards.triage.referral_header import get_triaged_referral


@policy.permission("triage_referrals")
def mark_referral_as_read(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Say that somebody has read it: who and when is kept."""
    referral = get_triaged_referral(request, referral_id)
    if request.method == "POST" and referral.status in (ReferralState.RECEIVED, ReferralState.MORE_ASKED):
        _mark_read_once(request, referral)
    return redirect("decide-referral", referral.pk)


def _mark_read_once(request: ScopedRequest, referral: Referral) -> None:
    """Two who click at once: the first one's name is kept, and the second is told so kindly."""
    try:
        mark_referral_read(referral=referral, by=request.user)
    except ActionRefused:
        messages.info(request, "Somebody else was here a moment before you; what they did is kept.")
    else:
        messages.success(request, "Marked as read, with your name and the time.")


@policy.permission("supervise")
class FirstReadersPage(FormPage):
    """Reader and deputy of each site that one supervises, and the form that names them."""

    kind = "first-readers"
    template_name = "dashboards/first_readers.html"
    form_class = FirstReadersForm
    title = "Who reads new referrals first"
    text = (
        "A new referral is read within four working hours. Its reader hears at once, the deputy when an hour is left, "
        "and the supervisors when it is late. Where nobody is named, everybody who triages at the site hears.",
    )
    message = "Saved. New referrals of this site go to them from now on."

    @cached_property
    def sites(self) -> SiteQuerySet:
        return Site.objects.filter(pk__in=self.request.scope.sites("supervise"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sites": self.sites}

    def save(self, form: FirstReadersForm) -> FirstReader:
        return set_first_readers(by=self.request.user, **form.cleaned_data)

    def get_back_link(self) -> Link:
        return Link(reverse("triage"), "Triage")

    def get_success_path(self, made: FirstReader) -> str:
        return reverse("first-readers")

    def get_context(self, form: Any) -> dict[str, Any]:
        readers = FirstReader.objects.visible_to(self.request.scope).select_related("reader", "deputy")
        named = {each.site_id: each for each in readers}
        return {"rows": [(site, named.get(site.pk)) for site in self.sites]}
