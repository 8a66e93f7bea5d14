"""Entry points of made-up referrals besides professionals with accounts: phone, e-mail, self-referral."""

from random import Random

from pairs.demo import texts_referrals as words
from pairs.demo.scenarios.records import Act, AskerRecord, ReferralRecord
from pairs.demo.staff import CAST
from referrals.rules.choices import EntryPoint

PHONED_SHARE, WRITTEN_SHARE, HELPED_SHARE = (
    0.05,
    0.09,
    0.2,
)  # shares: of professionals up to, of those who ask for themselves
UNNAMED_REQUEST = 1  # the newest asked for help, and said no names yet


def vary_entry_point(rng: Random, referral: ReferralRecord, left: int) -> None:
    """Some professionals rang or wrote an e-mail; some families were helped to ask, one named nobody."""
    if left == UNNAMED_REQUEST:
        _remove_names(referral)
    elif referral.entry_point == EntryPoint.SELF:
        _add_helper(rng, referral)
    elif referral.entry_point == EntryPoint.PROFESSIONAL and referral.referrer not in CAST:
        _refer_without_account(rng, referral, rng.random())


def _refer_without_account(rng: Random, referral: ReferralRecord, chance: float) -> None:
    if chance >= WRITTEN_SHARE:
        return
    name, role, group, organisation, source = rng.choice(words.ASKERS)
    referral.asker = AskerRecord(name, role, group, organisation, phone=f"01632 960{rng.randrange(1000):03d}")
    referral.source, referral.referrer = source, None
    if chance < PHONED_SHARE:
        referral.entry_point, referral.act = "phone", Act(referral.act.at, "duty")
    else:
        referral.asker.email = f"{name.split()[0].lower()}@work.example"
        referral.entry_point, referral.act = "email", Act(referral.act.at, None)


def _add_helper(rng: Random, referral: ReferralRecord) -> None:
    """Somebody else filled it in with them; nobody noticed anything for them."""
    referral.noticed = ""
    if rng.random() < HELPED_SHARE:
        name, role = rng.choice(words.HELPERS)
        referral.asker, referral.source = AskerRecord(name, role), "B2"


def _remove_names(referral: ReferralRecord) -> None:
    referral.entry_point, referral.source, referral.referrer = "self", "B1", None
    referral.act = Act(referral.act.at, None)
    referral.permission, referral.permission_reason = "parent_agrees", ""
    referral.noticed, referral.asker, referral.names_nobody = "", None, True
