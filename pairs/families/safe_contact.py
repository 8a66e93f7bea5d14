"""How it is safe to reach a carer, in one sentence: the only place that words it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.web.formats import format_short_day

# The ways of reaching somebody, as one says them after "Ask before you …"; and as the first word of a sentence.
WAY_VERBS = {"may_text": "text", "may_call": "call", "may_email": "e-mail", "may_post": "post"}
WAY_NOUNS = {"may_call": "call", "may_text": "text", "may_email": "e-mail", "may_post": "post"}
NOT_RECORDED = "Safe contact not recorded. Ask before you call."


@dataclass(frozen=True)
class SafeContact:
    """The sentence, and whether anybody has asked."""

    sentence: str
    asked: bool = True


def describe_safe_contact(carer: Any, said: str | None = None) -> SafeContact:
    """Of a carer of a record or of a referral. ``said``: what they said in words, where that stands elsewhere."""
    answers = {name: getattr(carer, name) for name in (*WAY_NOUNS, "may_leave_message")}
    words = carer.safe_contact if said is None else said
    return build_safe_contact(answers, words, died_on=getattr(carer, "died_on", None))


def build_safe_contact(
    answers: Mapping[str, bool | None], said: str = "", *, died_on: date | None = None
) -> SafeContact:
    """“Text or e-mail. Never call.” Not asked is never read as yes."""
    if died_on:
        return SafeContact(f"Died {format_short_day(died_on)}. Do not write or call.")
    ways = _describe_ways(answers) if any(answer is not None for answer in answers.values()) else []
    sentences = [*ways, *([_end(said.strip())] if said.strip() else [])]
    return SafeContact(" ".join(sentences)) if sentences else SafeContact(NOT_RECORDED, asked=False)


def describe_contact_limit(answers: Mapping[str, bool | None]) -> str:
    """“Text only”, “Do not call”: where calling is not safe, in a word or two for a row; '' where it may be."""
    if answers.get("may_call") is not False:
        return ""
    safe = [words for name, words in WAY_NOUNS.items() if answers.get(name)]
    return f"{safe[0].capitalize()} only" if len(safe) == 1 else "Do not call"


def _describe_ways(answers: Mapping[str, bool | None]) -> list[str]:
    """What is safe, what never is, and what nobody has asked about, a short sentence each."""
    safe = [words for name, words in WAY_NOUNS.items() if answers.get(name)]
    never = [words for name, words in WAY_VERBS.items() if answers.get(name) is False]
    unasked = [words for name, words in WAY_VERBS.items() if answers.get(name) is None]
    found = [f"{_join(safe).capitalize()}."] if safe else []
    found += [f"Never {_join(never)}."] if never else []
    found += [f"Ask before you {_join(unasked)}."] if unasked else []
    return [*found, *_describe_messages(answers)]


def _describe_messages(answers: Mapping[str, bool | None]) -> list[str]:
    """On an answering machine, where a call may be made at all."""
    if answers.get("may_call") is False:
        return []
    words = {True: "Messages are safe.", False: "Never leave a message.", None: "Leave no message."}
    may_leave = answers.get("may_leave_message")
    return [] if may_leave is None and not answers.get("may_call") else [words[may_leave]]


def _join(words: Sequence[str]) -> str:
    """a, b or c."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _end(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
