"""What the person's banner says of safeguarding: the statuses that nobody may have to look for."""

from django.urls import reverse

from pairs.safeguarding.models import SafeguardingStatus


def status_lines(family):
    """A line for each child protection plan, child looked after and MARAC; one query."""
    href = reverse("safeguarding", args=[family.pk])
    return [
        {"text": f"{status.person}: {status.words}", "severity": "note", "href": href}
        for status in SafeguardingStatus.objects.of_the_banner(family)
    ]
