"""Letters: drafted, signed, sent."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pairs.families.last_day import validate_living
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.village.letters import (
    REWRITE_MESSAGE,
    LetterPolicy,
    build_envelope,
    find_letter_problems,
    format_details,
    load_letter_policy,
)
from pairs.village.models import Letter, LetterPart, VillageMember
from pairs.village.rules import LetterTopic, SendingMethod, write_opening


@transaction.atomic
def begin_letter(
    *, family: Family, to: Caregiver | VillageMember | User, about: Sequence[Infant], by: User
) -> Letter:
    """A draft with its greeting. Raises Refused where they may not even be told that we are involved."""
    ours = {infant.pk for infant in about} <= set(_query_children(family))
    strange = getattr(to, "family_id", family.pk) != family.pk
    refuse_all(
        {
            "about": "" if ours else "Choose from this family.",
            "to": "Choose from this family." if strange else "",
        },
        lambda: validate_living("to", [to]),
    )
    kind = {"caregiver": "to_caregiver", "villagemember": "to_member", "user": "to_user"}
    children = " and ".join(infant.shown_name for infant in about if infant.shown_name) or "your baby"
    words = write_opening(name=str(to), site=str(family.site), children=children)
    letter = Letter.objects.create(
        family=family, text=words, written_by=by, **{kind[str(to._meta.model_name)]: to}
    )
    letter.about.set(about)
    judge = load_letter_policy(Letter.objects.whole().get(pk=letter.pk), timezone.localdate())
    if problem := judge.about(LetterTopic.INVOLVED):
        raise ActionRefused({"to": problem})
    return letter


def _query_children(family: Family) -> QuerySet:
    """Theirs, and those who are here through a dyad: a foster carer is written to about the child they foster."""
    return Infant.objects.live().of_family(family.pk).values_list("pk", flat=True)


@transaction.atomic
def write_letter(
    *,
    letter: Letter,
    text: str,
    parts: Mapping[str, str],
    details: Sequence[Caregiver | Address],
    by: User,
    sign: bool = False,
) -> Letter:
    """Put these words in place of the draft's; sign it if asked. Refused, by field, for what may not be told."""
    draft = _lock_draft(letter)
    judge = load_letter_policy(draft, timezone.localdate())
    written = {code: words.strip() for code, words in parts.items() if words.strip()}
    errors = _find_letter_errors(judge, text, written, details)
    if errors:
        raise ActionRefused(errors)
    draft.text = text
    draft.save(update_fields=["text"])
    draft.parts.all().delete()
    for code, words in written.items():
        LetterPart.objects.create(letter=draft, what=code, text=words)
    for row in details:
        _add_details_part(draft, row)
    return sign_letter(letter=draft, by=by) if sign else draft


def _find_letter_errors(
    judge: LetterPolicy, text: str, written: Mapping[str, str], details: Sequence[Caregiver | Address]
) -> dict[str, str]:
    errors = {"text": judge.about(LetterTopic.INVOLVED) or judge.words(text)}
    errors |= {f"about_{code}": judge.about(code) or judge.words(words) for code, words in written.items()}
    refused = [
        judge.address(row.pk) if isinstance(row, Address) else judge.find_details_error(row.pk)
        for row in details
    ]
    errors["details"] = next(filter(None, refused), "")
    return {name: why for name, why in errors.items() if why}


def _add_details_part(letter: Letter, row: Caregiver | Address) -> None:
    if isinstance(row, Address):
        LetterPart.objects.create(
            letter=letter, what=LetterTopic.ADDRESS, address=row, text=format_details(row)
        )
    else:
        LetterPart.objects.create(
            letter=letter, what=LetterTopic.CONTACT_DETAILS, caregiver=row, text=format_details(row)
        )


def _lock_draft(letter: Letter) -> Letter:
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.signed_at:
        raise ActionRefused("This letter is signed. To change it, write a new letter.")
    return Letter.objects.whole().get(pk=letter.pk)


@transaction.atomic
def sign_letter(*, letter: Letter, by: User) -> Letter:
    """From now on the words are frozen. Whatever may not be told today stops it."""
    draft = _lock_draft(letter)
    problems = find_letter_problems(draft, load_letter_policy(draft, timezone.localdate()))
    if problems:
        raise ActionRefused(" ".join(problems))
    draft.signed_at, draft.signed_by = timezone.now(), by
    draft.save(update_fields=["signed_at", "signed_by"])
    draft.parts.update(signed_at=draft.signed_at)
    return draft


@transaction.atomic
def send_letter(*, letter: Letter, sent_on: date, sent_how: str, by: User) -> Letter:
    """Write down that it went, and how. What may not be told or posted any more is not sent."""
    Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    letter = Letter.objects.whole().get(pk=letter.pk)
    if letter.signed_at is None or letter.sent_on:
        raise ActionRefused(
            "This letter is not signed yet." if letter.sent_on is None else "This letter was sent."
        )
    signed_on = timezone.localdate(letter.signed_at)
    in_time = signed_on <= sent_on <= timezone.localdate()
    judge, posted = load_letter_policy(letter, timezone.localdate()), sent_how == SendingMethod.POST
    days = f"Enter a date between signing ({signed_on:%-d %b %Y}) and today."
    refuse_all(
        {
            "sent_on": "" if in_time else days,
            "": REWRITE_MESSAGE if find_letter_problems(letter, judge) else "",
            "sent_how": build_envelope(letter, judge).why_not if posted else "",
        }
    )
    letter.sent_on, letter.sent_how, letter.sent_by = sent_on, sent_how, by
    letter.save(update_fields=["sent_on", "sent_how", "sent_by"])
    return letter
