"""Who reads new referrals first at a site, and who when they are away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.service.history import tracked
from pairs.service.models import Site


class FirstReaderQuerySet(models.QuerySet):
    def visible_to(self, scope):
        """Of the sites where the scope triages."""
        return self.filter(site__in=scope.sites("triage_referrals"))


@tracked
class FirstReader(models.Model):
    """One row a site: the reader of new referrals and the deputy."""

    site = models.OneToOneField(Site, primary_key=True, on_delete=models.PROTECT, related_name="first_reader")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    objects = FirstReaderQuerySet.as_manager()
    privacy = {"staff": "site reader deputy"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reader=F("deputy")), name="reader_and_deputy_differ"),
        ]
