"""First reader and deputy of each site, and notices sent about unread referrals."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Site
from referrals.models.referral import Referral
from referrals.rules.reading_deadline import NoticeRole


class FirstReaderQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "FirstReaderQuerySet":
        """Of the sites where the scope triages."""
        return self.filter(site__in=scope.sites("triage_referrals"))


@tracked
class FirstReader(models.Model):
    """One row a site: the reader of new referrals and the deputy."""

    site = models.OneToOneField(Site, primary_key=True, on_delete=models.PROTECT, related_name="first_reader")
    reader = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    deputy = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = FirstReaderQuerySet.as_manager()
    privacy = {"staff": "site reader deputy"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reader=F("deputy")), name="reader_and_deputy_differ"),
        ]


@tracked
class ReadingNotice(Record):
    """Somebody was told that a referral waits to be read: the reader, the deputy, the supervisors, each once."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, related_name="reading_notices")
    whom = models.CharField(max_length=11, choices=NoticeRole)
    at = models.DateTimeField()
    privacy = {"operational": "whom at"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "whom"], name="told_once_that_it_waits")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
