"""The link that lets a professional without an account refer once, from the e-mail address they showed to be theirs."""

import uuid

from django.db import models

from pairs.access.one_time_links import OneTimeLinkQuerySet, TimedLink
from pairs.database.history import tracked


@tracked(exclude=["token_hash"])
class ReferrerLink(TimedLink):
    """Asked for with a work e-mail address; whoever opens it holds that address. It sends one referral."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    asked_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    draft = models.UUIDField(default=uuid.uuid4, help_text="The submission that is filled in through it.")
    objects = OneTimeLinkQuerySet.as_manager()
    privacy = {
        "contact": "email",
        "secret": "token_hash",
        "operational": "asked_at expires_at opened_at used_at draft",
    }
