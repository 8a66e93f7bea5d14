"""The team's pages of peer support: who is linked and what they wrote, link a supporter, end a link."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support import record_forms
from interventions.collaboration.record_pages import render_collaboration_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import Link


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

    def get_back_link(self) -> Link:
        return Link(reverse("peer-support", args=[self.family.pk]), "Peer support")


@policy.permission("write_records")
class AddPeerSupporterPage(record_forms.LinkPeerSupporter, PeerSupportPage):
    """Link a peer supporter, as the family agreed: at any time, before an episode too."""

    kind = "new-peer-supporter"
    title = "Link a peer supporter"
    text = (
        "From now on, and until the link ends, they see this family’s alerts, how to make contact safely, and their "
        "own hopes. Tell the family so first.",
    )
    button = "Link them"
    message = "The peer supporter is linked. The family is on their list now."


@policy.permission("write_records")
class EndPeerSupportPage(record_forms.EndPeerSupport, PeerSupportPage):
    """End the link: their access ends with it."""

    kind = "peer-ending"
    title = "End this link?"
    consequences = (
        "they no longer see anything of this family, from now on",
        "what they wrote stays with the team",
    )
    button = "End the link"
    danger = True
    message = "The link has ended. They no longer see anything of the family."

    def get_text(self) -> list[str]:
        return [f"Peer support by {self.record.supporter}"]
