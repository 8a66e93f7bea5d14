"""The author of a referral draft and the paths of its pages; every entry point shares the views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from pairs.access.scope import Scope
from pairs.service.models import User
from pairs.submissions.actions import get_or_create_submission, submit_once
from pairs.submissions.models import Submission, SubmissionQuerySet
from referrals.models import Referral
from referrals.rules.sources import get_professional_group
from referrals.wizard import PROFESSIONAL_PAGES, WizardPage


@dataclass(frozen=True)
class DraftAuthor:
    """The author at one entry point: with an account, or (``user`` None) holding a one-time link.

    ``kind`` names the draft's Submission and ``draft_id`` is its id; ``address`` gives the path of a page by its
    slug, and of "check"; ``make`` creates the referral from their values; ``after`` gives the next path.
    """

    entry_point: str
    kind: str
    draft_id: UUID
    user: User | None
    home: str
    address: Callable[[str], str]
    make: Callable[[dict[str, Any]], Referral]
    after: Callable[[Referral], str]
    pages: tuple[WizardPage, ...] = PROFESSIONAL_PAGES
    voice: str = "own"  # "caller" where somebody of ours types what another says
    caption: str = "Refer a family"
    autosave: str = ""  # where the page is kept while its author types; "" when only "Save" keeps it
    consult: str = ""  # where to think about an unnamed family with us instead
    carried: Mapping[str, str] = field(default_factory=dict)  # hidden on the first page, and kept with it
    secret: str = ""  # a link's, which is part of its addresses and stored nowhere
    known: Mapping[str, Any] = field(default_factory=dict)  # of who asks, so that nobody types it again

    def draft(self) -> Submission:
        """The draft as it stands; 404 when there is none, or it is somebody else's."""
        found = self._own_drafts().first()
        if found is None:
            raise Http404
        return found

    def begun(self) -> Submission:
        """The draft, created when the first page is saved; 404 for somebody else's."""
        home = hide_secret(self.home, self.secret)
        return get_or_create_submission(token=self.draft_id, user=self.user, kind=self.kind, path=home)

    def save_position(self, slug: str) -> None:
        """Which page to come back to, on this device or another."""
        path = hide_secret(self.address(slug), self.secret)
        self._own_drafts().update(path=path, kind=self.kind, updated_at=timezone.now())

    def get_result_path(self, draft: Submission) -> str:
        """Where the referral is that this draft became."""
        return reveal_secret(draft.result_path, self.secret)

    def submit(self, draft: Submission, details: dict[str, Any]) -> str:
        """Make the referral, once; returns where it is."""
        path = submit_once(
            submission=draft,
            make=lambda: self.make(details),
            path_of=lambda referral: hide_secret(self.after(referral), self.secret),
        )
        return reveal_secret(path, self.secret)

    def _own_drafts(self) -> SubmissionQuerySet:
        """Includes what was posted while the session was locked, which has the kind "kept"."""
        ours = Q(kind=self.kind) | Q(kind="kept")
        return Submission.objects.of(self.user).filter(ours, pk=self.draft_id)


SECRET_PLACE = "~"  # in a stored path, where its link's secret stands; no secret holds it


def hide_secret(path: str, secret: str) -> str:
    """The path as it may be stored: whoever reads the database, or a backup of it, cannot open the link."""
    return path.replace(secret, SECRET_PLACE) if secret else path


def reveal_secret(path: str, secret: str) -> str:
    """The stored path again, for whoever came with the link."""
    return path.replace(SECRET_PLACE, secret) if secret else path


ACCOUNT_DRAFT_KINDS = ("refer", "phone-in")  # kinds of the drafts that an account comes back to


def list_unsent_drafts(scope: Scope) -> SubmissionQuerySet:
    """Drafts of this person that are begun and not sent, newest first."""
    drafts = Submission.objects.visible_to(scope).begun()
    return drafts.filter(kind__in=ACCOUNT_DRAFT_KINDS, idempotency_key=None).order_by("-updated_at")


def get_asker_initial(user: User) -> dict[str, str]:
    """What an account says of who asks."""
    team = user.team
    return {
        "asker_name": user.display_name,
        "asker_role": user.profession,
        "asker_group": get_professional_group(team.source_code) if team else "",
        "asker_organisation": team.organisation if team else "",
    }
