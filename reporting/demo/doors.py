"""Which door a made-up referral came through, where it was not a colleague with an account: phone, e-mail, family."""

from random import Random

from reporting.demo import words_of_referral as words
from reporting.demo.lives import Act, Asker, Referred
from reporting.demo.staff import CAST

PHONED, WRITTEN, HELPED = 0.05, 0.09, 0.2  # shares: of professionals up to, of those who ask for themselves
NAMES_NOBODY = 1  # the newest asked for help, and said no names yet


def another_door(rng: Random, referral: Referred, left: int) -> None:
    """Some professionals rang or wrote an e-mail; some families were helped to ask, one named nobody."""
    if left == NAMES_NOBODY:
        _asked_without_names(referral)
    elif referral.door == "self":
        _helped(rng, referral)
    elif referral.door == "professional" and referral.referrer not in CAST:
        _without_account(rng, referral, rng.random())


def _without_account(rng: Random, referral: Referred, chance: float) -> None:
    if chance >= WRITTEN:
        return
    name, role, group, organisation, source = rng.choice(words.ASKERS)
    referral.asker = Asker(name, role, group, organisation, phone=f"01632 960{rng.randrange(1000):03d}")
    referral.source, referral.referrer = source, None
    if chance < PHONED:
        referral.door, referral.act = "phone", Act(referral.act.at, "duty")
    else:
        referral.asker.email = f"{name.split()[0].lower()}@work.example"
        referral.door, referral.act = "email", Act(referral.act.at, None)


def _helped(rng: Random, referral: Referred) -> None:
    """Somebody else filled it in with them; nobody noticed anything for them."""
    referral.noticed = ""
    if rng.random() < HELPED:
        name, role = rng.choice(words.HELPERS)
        referral.asker, referral.source = Asker(name, role), "B2"


def _asked_without_names(referral: Referred) -> None:
    referral.door, referral.source, referral.referrer = "self", "B1", None
    referral.act = Act(referral.act.at, None)
    referral.permission, referral.permission_reason = "parent_agrees", ""
    referral.noticed, referral.asker, referral.names_nobody = "", None, True
