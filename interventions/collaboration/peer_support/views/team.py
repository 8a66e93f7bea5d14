"""The team's pages of peer support: who is linked and what they wrote, link a supporter, end a link."""

from uuid import UUID

from django.http import HttpResponse

from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support import record_forms
from interventions.collaboration.record_pages import render_collaboration_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf


@policy.permission("read_families", "govern_records")
def show_peer_support(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Show current and past peer supporters of the family, and their newest log lines."""
    family = get_family(request, family_id)
    links = list_visible(request, PeerSupport.objects.filter(family=family).with_people())
    log = get_visible_page(
        request, PeerLog.objects.filter(support__family=family).newest_first(), per_page=30
    )
    may_link = request.scope.may("write_records", at=family.site_id)
    return render_collaboration_page(request, "peer_support", family, links=links, log=log, may_link=may_link)


class PeerSupportPage(FamilyFormPage):
    """A form that leads back to the family's peer support."""

    back = PageOf("peer-support", "family", "Peer support")


@policy.permission("write_records")
class AddPeerSupporterPage(record_forms.LinkPeerSupporter, PeerSupportPage):
    """Link a peer supporter, as the family agreed: at any time, before an episode too."""

    title = "Link a peer supporter"
    text = (
        "Until the link ends, they can see this family’s alerts, safe contact and their own hopes. Tell "
        "the family first.",
    )
    button = "Link peer supporter"
    message = "Peer supporter linked. The family is now on their list."


@policy.permission("write_records")
class EndPeerSupportPage(record_forms.EndPeerSupport, PeerSupportPage):
    """End the link: their access ends with it."""

    title = "End this link?"
    consequences = (
        "they can no longer see anything about this family",
        "the team keeps what they wrote",
    )
    button = "End the link"
    danger = True
    message = "Link ended. They can no longer see anything about the family."

    def get_text(self) -> list[str]:
        return [f"Peer support by {self.record.supporter}"]
