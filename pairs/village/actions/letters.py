"""Letters: begun, written, signed, sent; and their PDF asked for and filed."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.jobs.actions import ask_for_paper, finish
from pairs.jobs.models import Job
from pairs.service.models import User
from pairs.service.refusals import Refused
from pairs.village.letters import (
    WRITE_ANEW,
    Judge,
    details_text,
    envelope_of,
    judge_of,
    why_not_whole,
)
from pairs.village.models import Letter, LetterPart, VillageMember
from pairs.village.paper import pdf_key
from pairs.village.rules import opening_words

TASK = "village.print_letter"


@transaction.atomic
def begin_letter(
    *, family: Family, to: Caregiver | VillageMember | User, about: Sequence[Infant], by: User
) -> Letter:
    """A draft with its greeting. Raises Refused where they may not even be told that we are involved."""
    if not {infant.pk for infant in about} <= set(_children_of(family)):
        raise Refused({"about": "Choose from this family."})
    if getattr(to, "family_id", family.pk) != family.pk:
        raise Refused({"to": "Choose from this family."})
    if getattr(to, "died_on", None):
        raise Refused({"to": "This carer has died."})
    kind = {"caregiver": "to_caregiver", "villagemember": "to_member", "user": "to_user"}
    children = " and ".join(infant.name for infant in about if infant.name) or "your baby"
    words = opening_words(name=str(to), site=str(family.site), children=children)
    letter = Letter.objects.create(
        family=family, text=words, written_by=by, **{kind[str(to._meta.model_name)]: to}
    )
    letter.about.set(about)
    judge = judge_of(Letter.objects.whole().get(pk=letter.pk), timezone.localdate())
    if problem := judge.about("involved"):
        raise Refused({"to": problem})
    return letter


def _children_of(family: Family) -> QuerySet:
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
    draft = _draft(letter)
    judge = judge_of(draft, timezone.localdate())
    written = {code: words.strip() for code, words in parts.items() if words.strip()}
    errors = _why_not(judge, text, written, details)
    if errors:
        raise Refused(errors)
    draft.text = text
    draft.save(update_fields=["text"])
    draft.parts.all().delete()
    for code, words in written.items():
        LetterPart.objects.create(letter=draft, what=code, text=words)
    for row in details:
        _carry(draft, row)
    return sign_letter(letter=draft, by=by) if sign else draft


def _why_not(
    judge: Judge, text: str, written: Mapping[str, str], details: Sequence[Caregiver | Address]
) -> dict[str, str]:
    errors = {"text": judge.about("involved") or judge.words(text)}
    errors |= {f"about_{code}": judge.about(code) or judge.words(words) for code, words in written.items()}
    refused = [
        judge.address(row.pk) if isinstance(row, Address) else judge.details_of(row.pk) for row in details
    ]
    errors["details"] = next(filter(None, refused), "")
    return {name: why for name, why in errors.items() if why}


def _carry(letter: Letter, row: Caregiver | Address) -> None:
    if isinstance(row, Address):
        LetterPart.objects.create(letter=letter, what="address", address=row, text=details_text(row))
    else:
        LetterPart.objects.create(
            letter=letter, what="contact_details", caregiver=row, text=details_text(row)
        )


def _draft(letter: Letter) -> Letter:
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.signed_at:
        raise Refused("This letter is signed. Write a new one if it should say something else.")
    return Letter.objects.whole().get(pk=letter.pk)


@transaction.atomic
def sign_letter(*, letter: Letter, by: User) -> Letter:
    """From now on the words are frozen. Whatever may not be told today stops it."""
    draft = _draft(letter)
    problems = why_not_whole(draft, judge_of(draft, timezone.localdate()))
    if problems:
        raise Refused(" ".join(problems))
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
        raise Refused("This letter is not signed yet." if letter.sent_on is None else "This letter was sent.")
    signed_on = timezone.localdate(letter.signed_at)
    if not signed_on <= sent_on <= timezone.localdate():
        raise Refused({"sent_on": f"Give a day between signing ({signed_on:%-d %b %Y}) and today."})
    judge = judge_of(letter, timezone.localdate())
    if why_not_whole(letter, judge):
        raise Refused(WRITE_ANEW)
    if sent_how == "post" and (why := envelope_of(letter, judge).why_not):
        raise Refused({"sent_how": why})
    letter.sent_on, letter.sent_how, letter.sent_by = sent_on, sent_how, by
    letter.save(update_fields=["sent_on", "sent_how", "sent_by"])
    return letter


@transaction.atomic
def ask_for_pdf(*, letter: Letter, by: User) -> Letter:
    """The letter on paper, made by the worker. Asked twice, made once, while its address is as it was.

    One that did not finish is tried again.
    """
    letter = Letter.objects.whole().get(pk=letter.pk)
    if letter.signed_at is None:
        raise Refused("Sign the letter first.")
    today = timezone.localdate()
    if why_not_whole(letter, judge_of(letter, today)):
        raise Refused(WRITE_ANEW)
    job = ask_for_paper(task=TASK, key=pdf_key(letter, today))
    Letter.objects.filter(pk=letter.pk).update(job=job)
    letter.job = job
    return letter


@transaction.atomic
def file_letter(*, job: Job, pdf: bytes | None) -> None:
    """The paper, once; None: nobody asks for it any more. Raises LostClaim when the job is no longer ours."""
    finish(job=job, file=pdf)
