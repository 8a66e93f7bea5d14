"""To whom replies about a referral go, how they may be reached safely, and what may stand in no reply to them."""

from collections.abc import Iterable
from datetime import date

from pairs.families.models import Address, Caregiver, RiskAlert
from pairs.village import known as knowledge
from pairs.village.disclosure import Known, Recipient, kept_back, told_by_mistake
from referrals.models import Referral, ReferredCaregiver
from referrals.rules.replying import Reach, ReplyDraft, owed_to
from referrals.rules.sources import SELF

LEAST_OF_AN_ALERT = 15  # characters: a shorter alert is a word that stands in many a letter


def owed_by(referral: Referral) -> tuple[str, ...]:
    """Who has to hear what becomes of this referral."""
    family_asked = referral.source_code == SELF  # whoever rang is the family then
    asker = bool(referral.asker_name or referral.asker_email) and not family_asked
    has_referrer = referral.referrer_id is not None or asker
    return owed_to(door=referral.door, has_referrer=has_referrer, family_asked=family_asked)


def reaches_of(referral: Referral, on: date) -> list[Reach]:
    """Those of the family who can be written to, the main carer first; the patient alone, for their own help."""
    if referral.patient:
        return [_held(referral.patient, None, on)]
    named = sorted(referral.caregivers.live().select_related("became"), key=lambda each: not each.main_carer)
    return [_held(each.became, each, on) if each.became else _as_named(each) for each in named]


def _as_named(carer: ReferredCaregiver) -> Reach:
    lines = "\n".join(filter(None, [carer.address_lines, carer.postcode])) if carer.address_lines else ""
    return Reach(
        carer.pk, carer.name, carer.phone, carer.email, lines, carer.may_call, carer.may_email, carer.may_post
    )


def _held(carer: Caregiver, named: ReferredCaregiver | None, on: date) -> Reach:
    """As their record has it today: what was said at the door may be long ago."""
    living = Address.objects.live().current().filter(caregiver=carer).newest_first().first()
    lines = "\n".join(filter(None, [living.lines, living.postcode])) if living and living.lines else ""
    return Reach(
        carer=named.pk if named else None,
        name=carer.name,
        phone=carer.phone,
        email=carer.email,
        address_lines=lines,
        may_call=carer.may_call,
        may_email=carer.may_email,
        may_post=carer.may_post,
        kept_back=bool(living and _is_kept_back(carer, living, on)),
    )


def _is_kept_back(carer: Caregiver, living: Address, on: date) -> bool:
    known = knowledge.known_of(carer.family)
    matter = next((each for each in known.matters if each.address_id == living.pk), None)
    return bool(matter and kept_back(matter, on, known))


def referrer_of(referral: Referral) -> Reach:
    """Whoever referred: by their account, or as they said who they are."""
    account = referral.referrer
    if account:
        return Reach(None, str(account), email=account.email)
    return Reach(None, referral.asker_name, phone=referral.asker_phone, email=referral.asker_email)


def why_not_words(
    referral: Referral, draft: ReplyDraft, reaches: Iterable[Reach], on: date
) -> dict[str, str]:
    """{} or by field why the words may not stand: another's address or number, or an alert of ours."""
    keep_out = [
        words
        for each in reaches
        if each.carer != draft.carer or draft.to != "family"
        for words in _tells(each)
    ]
    own = {
        words
        for each in reaches
        if each.carer == draft.carer and draft.to == "family"
        for words in _tells(each)
    }
    alerts = [words for words in _alerts(referral) if len(words) >= LEAST_OF_AN_ALERT]
    known = Known(elsewhere=(*(words for words in keep_out if words not in own), *alerts))
    found = {
        name: told_by_mistake(text, Recipient(), on, known)
        for name, text in (("text", draft.text), ("address_lines", draft.address_lines))
    }
    return {name: why for name, why in found.items() if why}


def _tells(reach: Reach) -> list[str]:
    """What would give their home or number away."""
    *lines, last = reach.address_lines.splitlines() or [""]
    address = Address(lines="\n".join(lines), postcode=last)
    return [*knowledge.telling_words(address), *filter(None, [reach.phone, reach.email])]


def _alerts(referral: Referral) -> list[str]:
    mine = RiskAlert.objects.live()
    rows = (
        mine.filter(family=referral.family) if referral.family_id else mine.filter(about=referral.reference)
    )
    return list(rows.values_list("what", flat=True))
