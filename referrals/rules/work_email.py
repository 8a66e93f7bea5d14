"""Which e-mail addresses count as somebody's at work."""

from collections.abc import Collection


def is_work_address(email: str, *, work: Collection[str], not_work: Collection[str]) -> bool:
    """Whether the address is of a workplace: of one of ``work`` where that names any, else of none of ``not_work``.

    A domain stands for everything below it: nhs.net for a.nhs.net, but not for fakenhs.net.
    """
    domain = email.rpartition("@")[2].lower().rstrip(".")
    return _belongs_to_domain(domain, work) if work else not _belongs_to_domain(domain, not_work)


def _belongs_to_domain(domain: str, domains: Collection[str]) -> bool:
    return any(domain == each.lower() or domain.endswith("." + each.lower()) for each in domains)
