"""A reply that is a letter as a document on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.documents.document import Document
from pairs.families.access import get_family
from pairs.families.models import Family
from referrals.models import Referral, Reply
from referrals.reply_letter import build_reply_letter
from referrals.rules.choices import ReplyWay

REPLY_READERS = ("triage_referrals", "read_families", "govern_records")


class ReplyDocument(Document):
    name = noun = "reply"
    readers, makers = REPLY_READERS, ("triage_referrals",)
    paper_template, stylesheet = "village/_paper.html", "village/letter_pdf.css"

    def get_records(self) -> QuerySet[Reply]:
        rows = Reply.objects.live().filter(way=ReplyWay.LETTER, referral__in=Referral.objects.live())
        people = ("referral__site", "referral__family", "written_by", "sent_by", "carer", "job")
        return rows.exclude(sent_at=None).select_related(*people).defer("job__file")

    def build_paper(self, record: Reply, on: date) -> Mapping[str, Any]:
        return build_reply_letter(record, on)

    def get_record(
        self, request: ScopedRequest, record_id: Any, may: tuple[str, ...] = ()
    ) -> tuple[Reply, Family | None]:
        """The permission is needed at the referral's site. No family: none yet, or it is at another site by now."""
        reply = get_visible_or_404(request, self.get_records(), pk=record_id)
        if may:
            get_visible_or_404(request, Referral.objects.all(), pk=reply.referral_id, may=may)
        return reply, find_readable_family(request, reply.referral)


def find_readable_family(request: ScopedRequest, referral: Referral) -> Family | None:
    """The referral's family; None before it has one, and where it is at a site that one may not read."""
    try:
        return get_family(request, referral.family_id) if referral.family_id else None
    except Http404:
        return None


REPLY = ReplyDocument()
DOCUMENTS = (REPLY,)
