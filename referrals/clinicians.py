"""Who of the service may think with another professional: those who work with families at the site, or triage there."""

from pairs.service.models import Site, SitePermission, User, UserQuerySet


def list_clinicians(site: Site) -> UserQuerySet:
    """Active users who write records or triage at the site, by name."""
    rights = ("write_records", "triage_referrals")
    groups = SitePermission.objects.filter(content_object=site, permission__codename__in=rights)
    people = User.objects.filter(groups__in=groups.values("group"), is_active=True)
    return people.distinct().order_by("display_name", "username")
