"""Who writes a referral, and at which addresses: all that its pages ask, so that every door can mount them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from pairs.service.models import User
from pairs.submissions.actions import own_submission
from pairs.submissions.models import Submission
from referrals.models import Referral
from referrals.rules.sources import group_of
from referrals.wizard import PROFESSIONAL, Page


@dataclass(frozen=True)
class Writer:
    """Somebody at one of the doors: with an account, or (``user`` None) holding a link that is theirs alone.

    ``kind`` names the draft's Submission and ``draft_id`` is its id; ``address`` gives the path of a page by its
    slug, and of "check"; ``make`` turns what the pages hold into the referral; ``after`` is where one stands then.
    """

    door: str
    kind: str
    draft_id: UUID
    user: User | None
    home: str
    address: Callable[[str], str]
    make: Callable[[dict[str, Any]], Referral]
    after: Callable[[Referral], str]
    pages: tuple[Page, ...] = PROFESSIONAL
    voice: str = "own"  # "caller" where somebody of ours types what another says
    caption: str = "Refer a family"
    autosave: str = ""  # where the page is kept while its author types; "" when only "Save" keeps it
    consult: str = ""  # where to think about an unnamed family with us instead
    carried: Mapping[str, str] = field(default_factory=dict)  # hidden on the first page, and kept with it
    known: Mapping[str, Any] = field(default_factory=dict)  # of who asks, so that nobody types it again

    def draft(self) -> Submission:
        """The draft as it stands; 404 when there is none, or it is somebody else's."""
        found = self._mine().first()
        if found is None:
            raise Http404
        return found

    def begun(self) -> Submission:
        """The draft, made with the first page that is kept. Somebody else's is 404."""
        return own_submission(token=self.draft_id, user=self.user, kind=self.kind, path=self.home)

    def remember_where(self, slug: str) -> None:
        """Which page to come back to, on this device or another."""
        self._mine().update(path=self.address(slug), kind=self.kind, updated_at=timezone.now())

    def _mine(self):
        """Also what was posted while the session was locked: it is kept under no kind of its own."""
        ours = Q(kind=self.kind) | Q(kind="kept")
        return Submission.objects.of(self.user).filter(ours, pk=self.draft_id)


BEGUN_BY_ACCOUNT = ("refer", "phone-in")  # kinds of the drafts that an account comes back to


def unsent(scope):
    """Drafts of this person that are begun and not sent, newest first."""
    drafts = Submission.objects.visible_to(scope).unfinished()
    return drafts.filter(kind__in=BEGUN_BY_ACCOUNT, idempotency_key=None).order_by("-updated_at")


def known_of(user: User) -> dict[str, str]:
    """What an account says of who asks."""
    team = user.team
    return {
        "asker_name": user.display_name,
        "asker_role": user.profession,
        "asker_group": group_of(team.source_code) if team else "",
        "asker_organisation": team.organisation if team else "",
    }
