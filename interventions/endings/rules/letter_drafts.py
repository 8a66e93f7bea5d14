"""Texts of ending letters' drafts, limited to what the recipient may know; a practitioner edits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairs.web.formats import format_day

CLOSING_SENTENCE = "If you have a question, or anything here is not right, please get in touch with us."


@dataclass(frozen=True)
class EndingSummary:
    """The facts of the ending that one recipient may be told. Every field may be empty."""

    ended_on: date | None = None
    children: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # for this carer and their own children
    goals: tuple[str, ...] = ()  # of their own dyads only
    helped: str = ""
    held_next_by: str = ""
    way_back: str = ""
    phone: str = ""


def draft_letter_to_carer(*, name: str, ended: EndingSummary) -> str:
    """A letter to one carer in plain words: what has changed, who is there next, how to come back."""
    parts = [
        f"Dear {name},",
        _format_meeting(ended),
        "\n\n".join(ended.changed),
        _format_hopes(ended.goals),
        f"You told us what helped: {_to_sentence(ended.helped)}" if ended.helped else "",
        f"From now on you can contact: {_to_sentence(ended.held_next_by)}" if ended.held_next_by else "",
        format_way_back(way_back=ended.way_back, phone=ended.phone),
        CLOSING_SENTENCE,
    ]
    return "\n\n".join(filter(None, parts))


def draft_letter_after_loss(*, name: str, phone: str) -> str:
    """Deliberately almost empty: after a loss the practitioner writes it. Nothing is listed or reviewed."""
    reach = (
        f"You can call us on {phone} whenever you like." if phone else "You can reach us whenever you like."
    )
    return f"Dear {name},\n\nWe are thinking of you.\n\n\n\n{reach}"


def draft_letter_to_professional(*, name: str, children: Sequence[str], ended_on: date | None) -> str:
    """Says that the work has ended; everything else is in parts, each subject to the sharing agreement."""
    about = join_names(children) or "a family we both know"
    when = f" on {format_day(ended_on)}" if ended_on else ""
    return "\n\n".join(
        [f"Dear {name},", f"We are writing about {about}. Our work together ended{when}.", CLOSING_SENTENCE]
    )


def draft_parts_for_professional(
    *, summary: str, goals: Sequence[str], held_next_by: str, way_back: str
) -> dict[str, str]:
    """{part code: text}: "progress" is what has changed; "plan": goals, who is next, how to come back."""
    next_ = f"Support from now on: {_to_sentence(held_next_by)}" if held_next_by else ""
    hopes = f"What the family hoped for: {'; '.join(goals)}." if goals else ""
    back = f"How they can come back: {_to_sentence(way_back)}" if way_back else ""
    words = {"progress": summary, "plan": "\n\n".join(filter(None, [hopes, next_, back]))}
    return {code: said for code, said in words.items() if said}


def format_way_back(*, way_back: str, phone: str) -> str:
    """How to come back, in a sentence or two: the same within a year or later."""
    ring = f" You can call us on {phone}." if phone else ""
    own = f" {_to_sentence(way_back)}" if way_back else ""
    return f"You can come back to us whenever you would like to think things through with someone again.{ring}{own}"


def join_names(names: Sequence[str]) -> str:
    """“Ana”, “Ana and Ben”, “Ana, Ben and Cy”."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _format_meeting(ended: EndingSummary) -> str:
    children = join_names(ended.children) or "your baby"
    when = f" Our last day together was {format_day(ended.ended_on)}." if ended.ended_on else ""
    return f"Thank you for letting us spend time with you and {children}.{when}"


def _format_hopes(goals: Sequence[str]) -> str:
    return f"You hoped for this: {'; '.join(goals)}." if goals else ""


def _to_sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
