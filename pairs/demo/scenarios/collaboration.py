"""Work with others around some made-up families: joint work, a peer supporter with a log, what the hub was asked."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F

from interventions.collaboration.actions import (
    accept_hub_request,
    answer_hub_request,
    ask_hub,
    begin_joint_work,
    link_peer_supporter,
    write_peer_log,
)
from pairs.demo.acts import act_as
from pairs.demo.scenarios.village import FamilyContext
from pairs.families.models import FamilyGrant
from pairs.service.models import User
from pairs.service.roles import GrantPurpose
from pairs.village.rules import MemberKind

JOINT_WORK_TEXTS = (
    ("We film play at home, and watch it together.", "They weigh, and look at feeding.", "We Thursdays, they Mondays"),
    ("We work on how they find each other again after a cry.", "They help with the house and the forms.", ""),
    ("We see them at the family hub, every other week.", "They see the older child at nursery.", "Tuesdays"),
)  # fmt: skip
PEER_LOG_LINES = (
    (2, "met", 50, "We walked to the park and had a cup of tea."),
    (9, "phone", 15, "A short call. She had slept."),
    (16, "message", 5, "We found a day to meet."),
)
HUB_REQUESTS = (
    ("co_work", "days", "He turns away when she comes near, and she gives up. Could somebody film with us?"),
    ("thought", "weeks", "They feel stuck, and so do I. How could we think about what the baby carries?"),
    ("thought", "days", "The contact visits seem to unsettle him for days. What would you look for?"),
)
HUB_ANSWER = (
    "Look at the minutes before and after rather than the visit. Who holds him in mind on the way home?"
)


def seed_collaboration(found: Iterable[FamilyContext]) -> None:
    """Joint work for some, a log for each family of the peer supporter, three asks of a satellite's families."""
    found = list(found)
    living = [each for each in found if not each.grieving]
    for each in living:
        with act_as(each.by.pk):
            _seed_joint_work(each)
    _seed_peer_support(found)
    satellites = [each for each in living if each.by.username == "hyndburn"]
    for each, said in zip(satellites, HUB_REQUESTS, strict=False):
        _seed_hub_request(each, *said)


def _seed_joint_work(context: FamilyContext) -> None:
    """With a professional of the village, every sixth family; one of them is to be looked at again today."""
    if context.number % 6:
        return
    agreed_first = F("agreements__agreed_on").desc(nulls_last=True)
    members = context.family.village.live().current().filter(kind=MemberKind.PROFESSIONAL)
    member = members.order_by(agreed_first, "id").first()
    if member is None:
        return
    we_do, they_do, days = JOINT_WORK_TEXTS[context.number // 6 % len(JOINT_WORK_TEXTS)]
    begin_joint_work(
        family=context.family,
        member=member,
        who="",
        organisation="",
        we_do=we_do,
        they_do=they_do,
        days=days,
        they_share="What they see of feeding and weight.",
        episode=context.episode,
        since=context.ago(40),
        look_again_on=context.on + timedelta(days=context.number),
        by=context.by,
    )


def _seed_peer_support(found: list[FamilyContext]) -> None:
    """Whoever the peer supporter was given access to gets the link's own row, and lines in the log."""
    peer = User.objects.get(username="peer")
    given = FamilyGrant.objects.live().filter(user=peer, purpose=GrantPurpose.PEER_SUPPORT)
    families = set(given.values_list("family", flat=True))
    for each in [each for each in found if each.family.pk in families]:
        with act_as(each.by.pk):
            link = link_peer_supporter(
                family=each.family,
                supporter=peer,
                caregiver=None,
                agreed_on=each.ago(20),
                why="The family would like a peer supporter.",
                by=each.by,
            )
        with act_as(peer.pk):
            for ago, how, minutes, line in PEER_LOG_LINES:
                who = each.carers[0].name_or_role
                write_peer_log(
                    link=link, day=each.ago(ago), how=how, minutes=minutes, who=who, line=line, by=peer
                )


def _seed_hub_request(context: FamilyContext, wants: str, urgency: str, question: str) -> None:
    """The first is in the hub's hands, the second waits, the third was answered."""
    hub = User.objects.get(username="hub")
    with act_as(context.by.pk):
        ask = ask_hub(
            family=context.family,
            wants=wants,
            question=question,
            urgency=urgency,
            episode=context.episode,
            by=context.by,
        )
    if question == HUB_REQUESTS[1][2]:
        return
    with act_as(hub.pk):
        ask = accept_hub_request(ask=ask, until=context.on + timedelta(days=21), by=hub)
        if question == HUB_REQUESTS[2][2]:
            answer_hub_request(ask=ask, words=HUB_ANSWER, by=hub)
