"""What each form of peer support is about and does, for pages and API alike."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import (
    EndPeerSupportForm,
    NewPeerLogForm,
    NewPeerSupporterForm,
    WorryForm,
)
from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support.families import (
    WITHIN_SUPPORTED,
    get_family_at_own_site,
    get_supported_family,
    query_family_carers,
)
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.forms import EnteredInErrorForm
from pairs.families.models import Family, RiskAlert
from pairs.submissions.record_forms import RecordForm


class OwnSiteForm(RecordForm):
    """About a family (``self.family``), for whoever writes records at its own site: a grant is not enough."""

    family: Family

    def get_record(self, may: Any) -> Any:
        self.family = (
            get_family_at_own_site(self.request, self.record_id)
            if may
            else get_family(self.request, self.record_id)
        )
        return self.family


class LinkPeerSupporter(OwnSiteForm):
    may, form_class = "write_records", NewPeerSupporterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"carers": query_family_carers(self.request, self.family)}

    def get_initial(self) -> dict[str, Any]:
        return {"agreed_on": timezone.localdate()}

    def save(self, form: NewPeerSupporterForm) -> PeerSupport:
        return actions.link_peer_supporter(family=self.family, by=self.request.user, **form.cleaned_data)


class EndPeerSupport(RecordForm):
    may, form_class = "write_records", EndPeerSupportForm
    family: Family

    def get_record(self, may: Any) -> Any:
        """The link, for whoever may write records at the site that holds the family."""
        rows = PeerSupport.objects.with_people().select_related("family")
        link = get_visible_or_404(self.request, rows, pk=self.record_id, may=may, by_grant=False)
        self.family = get_family(self.request, link.family_id)
        return link

    def save(self, form: EndPeerSupportForm) -> PeerSupport:
        return actions.end_peer_support(link=self.record, by=self.request.user, **form.cleaned_data)


class SupportedFamilyForm(RecordForm):
    """About a family (``self.family``) that the user is linked to as a peer supporter."""

    family: Family

    def get_record(self, may: Any) -> Any:
        self.family = get_supported_family(self.request, self.record_id)
        return self.family


class WritePeerLog(SupportedFamilyForm):
    form_class = NewPeerLogForm

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    @cached_property
    def link(self) -> PeerSupport:
        """The user's link to the family; 404 for access that was given without one."""
        links = PeerSupport.objects.with_people()
        return get_visible_or_404(self.request, links, within=WITHIN_SUPPORTED, family=self.family.pk)

    def save(self, form: NewPeerLogForm) -> PeerLog:
        return actions.write_peer_log(link=self.link, by=self.request.user, **form.cleaned_data)


class MarkLogInError(RecordForm):
    form_class = EnteredInErrorForm
    family: Family

    def get_record(self, may: Any) -> Any:
        """A line of one's own log."""
        lines = PeerLog.objects.newest_first()
        line = get_visible_or_404(self.request, lines, within=WITHIN_SUPPORTED, pk=self.record_id)
        self.family = get_supported_family(self.request, line.support.family_id)
        return line

    def save(self, form: EnteredInErrorForm) -> PeerLog:
        return actions.mark_log_in_error(log=self.record, by=self.request.user, **form.cleaned_data)


class RaiseWorry(SupportedFamilyForm):
    form_class = WorryForm

    def save(self, form: WorryForm) -> RiskAlert:
        return actions.raise_worry(family=self.family, by=self.request.user, **form.cleaned_data)
