"""Who reads new referrals first: marked as read by whom and when; reader and deputy of each site."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.models import Site, SiteQuerySet
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, PageOf
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
        messages.info(request, "Someone else has just updated this referral; their change is kept.")
    else:
        messages.success(request, "Referral marked as read, with your name and the time.")


@policy.permission("supervise")
class FirstReadersPage(FormPage):
    """Reader and deputy of each site that one supervises, and the form that names them."""

    template_name = "dashboards/first_readers.html"
    form_class = FirstReadersForm
    title = "First readers of new referrals"
    text = (
        "New referrals must be read within four working hours. The reader is told straight away, the "
        "deputy when one hour is left, and the supervisors when it is overdue. If no one is named, "
        "everyone who triages at the site is told.",
    )
    message = "Saved. New referrals at this site now go to them."
    back = PageOf("triage", text="Triage")
    leads_to = PageOf("first-readers")

    @cached_property
    def sites(self) -> SiteQuerySet:
        return Site.objects.filter(pk__in=self.request.scope.sites("supervise"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sites": self.sites}

    def save(self, form: FirstReadersForm) -> FirstReader:
        return set_first_readers(by=self.request.user, **form.cleaned_data)

    def get_context(self, form: Any) -> dict[str, Any]:
        readers = FirstReader.objects.visible_to(self.request.scope).select_related("reader", "deputy")
        named = {each.site_id: each for each in readers}
        return {"rows": [(site, named.get(site.pk)) for site in self.sites]}
