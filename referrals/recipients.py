"""Recipients of replies about a referral, their safe contact details, and what a reply must not disclose."""

from collections.abc import Iterable, Sequence
from datetime import date

from pairs.families.choices import AddressKind
from pairs.families.last_day import has_died
from pairs.families.models import Address, Caregiver, RiskAlert
from pairs.families.rules import takes_post
from pairs.geography.rules import is_pseudo
from pairs.village import disclosure_facts as knowledge
from pairs.village.disclosure import DisclosureFacts, Recipient, find_undisclosable_error, is_address_withheld
from referrals.models import Referral, ReferredCaregiver
from referrals.rules.choices import ReplyRecipient
from referrals.rules.replies import ContactDetails, ReplyDraft, list_owed_roles
from referrals.rules.sources import SELF

MIN_ALERT_LENGTH = 15  # characters: a shorter alert text may occur in a letter by chance


def list_recipients_owed(referral: Referral) -> tuple[str, ...]:
    """Who must be told what becomes of this referral."""
    family_asked = referral.source_code == SELF  # whoever rang is the family then
    asker = bool(referral.asker_name or referral.asker_email) and not family_asked
    has_referrer = referral.referrer_id is not None or asker
    return list_owed_roles(
        entry_point=referral.entry_point, has_referrer=has_referrer, family_asked=family_asked
    )


def list_family_contact_details(
    referral: Referral, on: date, carers: Sequence[ReferredCaregiver] | None = None
) -> list[ContactDetails]:
    """Those of the family who can be written to, the main carer first; the patient alone, for their own help.

    ``carers``: those named in it who are live, where the caller has just read them.
    """
    if referral.patient:
        return [_build_details_from_record(referral.patient, None, on)]
    if carers is None:
        carers = referral.caregivers.live().select_related("became")
    named = sorted(carers, key=lambda each: not each.main_carer)
    return [
        _build_details_from_record(each.became, each, on) if each.became else _build_details_as_named(each)
        for each in named
    ]


def _build_details_as_named(carer: ReferredCaregiver) -> ContactDetails:
    lines = "\n".join(filter(None, [carer.address_lines, carer.postcode])) if carer.address_lines else ""
    arrives = not lines or takes_post(lines=carer.address_lines, postcode=carer.postcode)
    return ContactDetails(
        carer.pk,
        carer.name,
        carer.phone,
        carer.email,
        lines if arrives else "",
        carer.may_call,
        carer.may_email,
        carer.may_post,
        no_fixed_abode=not arrives or is_pseudo(carer.postcode),
    )


def _build_details_from_record(carer: Caregiver, named: ReferredCaregiver | None, on: date) -> ContactDetails:
    """From their record today, since the referral may be old."""
    living = Address.objects.live().current().filter(caregiver=carer).newest_first().first()
    roofless = living is not None and (
        living.kind == AddressKind.NO_FIXED_ABODE or is_pseudo(living.postcode)
    )
    arrives = living is not None and living.takes_post
    lines = "\n".join(filter(None, [living.lines, living.postcode])) if arrives else ""
    return ContactDetails(
        carer=named.pk if named else None,
        name=carer.name,
        phone=carer.phone,
        email=carer.email,
        address_lines=lines,
        may_call=carer.may_call,
        may_email=carer.may_email,
        may_post=carer.may_post,
        no_fixed_abode=roofless or bool(living and living.lines and not arrives),
        died=has_died(carer),
        address_withheld=bool(living and _is_address_withheld(carer, living, on)),
    )


def _is_address_withheld(carer: Caregiver, living: Address, on: date) -> bool:
    facts = knowledge.load_disclosure_facts(carer.family)
    matter = next((each for each in facts.matters if each.address_id == living.pk), None)
    return bool(matter and is_address_withheld(matter, on, facts))


def get_referrer_contact_details(referral: Referral) -> ContactDetails:
    """Whoever referred: by their account, or as they said who they are."""
    account = referral.referrer
    if account:
        return ContactDetails(None, str(account), email=account.email)
    return ContactDetails(None, referral.asker_name, phone=referral.asker_phone, email=referral.asker_email)


def find_wording_errors(
    referral: Referral, draft: ReplyDraft, reaches: Iterable[ContactDetails], on: date
) -> dict[str, str]:
    """Errors by field where a text discloses somebody else's address or number, or a risk alert."""
    keep_out = [
        words
        for each in reaches
        if each.carer != draft.carer or draft.to != ReplyRecipient.FAMILY
        for words in _list_identifying_words(each)
    ]
    own = {
        words
        for each in reaches
        if each.carer == draft.carer and draft.to == ReplyRecipient.FAMILY
        for words in _list_identifying_words(each)
    }
    alerts = [words for words in _list_alert_texts(referral) if len(words) >= MIN_ALERT_LENGTH]
    facts = DisclosureFacts(elsewhere=(*(words for words in keep_out if words not in own), *alerts))
    found = {
        name: find_undisclosable_error(text, Recipient(), on, facts)
        for name, text in (("text", draft.text), ("address_lines", draft.address_lines))
    }
    return {name: why for name, why in found.items() if why}


def _list_identifying_words(reach: ContactDetails) -> list[str]:
    """Words that would disclose their address, number or e-mail."""
    *lines, last = reach.address_lines.splitlines() or [""]
    address = Address(lines="\n".join(lines), postcode=last)
    return [
        *knowledge.list_address_identifiers(address),
        *knowledge.list_phone_identifiers(reach.phone),
        *filter(None, [reach.email]),
    ]


def _list_alert_texts(referral: Referral) -> list[str]:
    mine = RiskAlert.objects.live()
    rows = (
        mine.filter(family=referral.family) if referral.family_id else mine.filter(about=referral.reference)
    )
    return list(rows.values_list("what", flat=True))
