"""The team's pages of peer support: who is linked and what they wrote, a new link, a link ended."""

from django.urls import reverse
from django.utils import timezone

from interventions.alongside import actions
from interventions.alongside.forms import Ending, NewPeerSupporter
from interventions.alongside.models import PeerLog, PeerSupport
from interventions.alongside.views.shown import after, page
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.models import Caregiver, Family
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


def to_peer_support(link):
    return reverse("peer-support", args=[link.family_id])


@policy.permission("read_families", "govern_records")
def peer_support(request, family_id):
    """Who is linked to the family or was, and the newest of what they wrote."""
    family = family_of(request, family_id)
    links = fetch_list(request, PeerSupport.objects.filter(family=family).with_people())
    log = fetch_page(request, PeerLog.objects.filter(support__family=family).newest_first(), per_page=30)
    may_link = request.scope.may("write_records", at=family.site_id)
    return page(request, "peer_support", family, links=links, log=log, may_link=may_link)


def held_here(request, family_id):
    """The family, for somebody who writes in records where it is held: a grant gives nobody else access."""
    rows = Family.objects.with_people().select_related("site")
    return fetch(request, rows, pk=family_id, may="write_records", by_grant=False)


def carers_of(request, family):
    """The family's carers, as the form offers them."""
    ids = {dyad.caregiver_id for dyad in family.dyads.all()}
    return Caregiver.objects.visible_to(request.scope).filter(pk__in=ids).order_by("given_name", "id")


@policy.permission("write_records")
def new_peer_supporter(request, family_id):
    """Link a peer supporter, as the family agreed: at any time, before an episode too."""
    family = held_here(request, family_id)
    typed = Typed(request, kind="new-peer-supporter")
    usual = {"agreed_on": timezone.localdate()}
    form = NewPeerSupporter(typed.data, carers=carers_of(request, family), initial=usual)
    done = typed.submitted(
        form,
        make=lambda: actions.link_peer_supporter(family=family, by=request.user, **form.cleaned_data),
        path_of=to_peer_support,
    )
    if done:
        return after(request, done, "The peer supporter is linked. The family is on their list now.")
    return page(request, "new_peer_supporter", family, typed, form=form)


def link_of(request, peer_id):
    """The link, for somebody who writes in records where the family is held."""
    rows = PeerSupport.objects.with_people().select_related("family")
    return fetch(request, rows, pk=peer_id, may="write_records", by_grant=False)


@policy.permission("write_records")
def peer_ending(request, peer_id):
    """End the link: their access ends with it."""
    link = link_of(request, peer_id)
    family = family_of(request, link.family_id)
    typed = Typed(request, kind="peer-ending")
    form = Ending(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.end_peer_support(link=link, by=request.user, **form.cleaned_data),
        path_of=to_peer_support,
    )
    if done:
        return after(request, done, "The link has ended. They no longer see anything of the family.")
    return page(request, "peer_ending", family, typed, form=form, link=link)
