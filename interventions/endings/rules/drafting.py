"""What a letter at the ending begins with: only what is its reader's own, for somebody to edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairs.service.pages import day

EDIT = "If you have a question, or anything here is not right, please get in touch with us."


@dataclass(frozen=True)
class Ended:
    """What is known of the ending, as far as this one reader may be told. Everything may be empty."""

    ended_on: date | None = None
    children: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  # between this carer and their own children, in words of the ending
    goals: tuple[str, ...] = ()  # of their own relationships alone
    helped: str = ""
    held_next_by: str = ""
    way_back: str = ""
    phone: str = ""


def letter_to_carer(*, name: str, ended: Ended) -> str:
    """Plain words to one carer: we met, what has changed for the two of you, who is there next, how to come back."""
    parts = [
        f"Dear {name},",
        _we_met(ended),
        "\n\n".join(ended.changed),
        _hoped(ended.goals),
        f"You told us what helped: {_sentence(ended.helped)}" if ended.helped else "",
        f"From now on you can turn to: {_sentence(ended.held_next_by)}" if ended.held_next_by else "",
        how_to_come_back(way_back=ended.way_back, phone=ended.phone),
        EDIT,
    ]
    return "\n\n".join(filter(None, parts))


def letter_after_a_loss(*, name: str, phone: str) -> str:
    """Almost nothing: after a loss the words are the writer's own. Nothing is listed, measured or looked back on."""
    reach = (
        f"You can ring us on {phone} whenever you like." if phone else "You can reach us whenever you like."
    )
    return f"Dear {name},\n\nWe are thinking of you.\n\n\n\n{reach}"


def letter_to_professional(*, name: str, children: Sequence[str], ended_on: date | None) -> str:
    """That the work has ended; everything else stands in parts, each judged by the agreement that covers it."""
    about = named(children) or "a family whom we both know"
    when = f" on {day(ended_on)}" if ended_on else ""
    return "\n\n".join(
        [f"Dear {name},", f"We are writing about {about}. Our work together ended{when}.", EDIT]
    )


def parts_for_professional(
    *, summary: str, goals: Sequence[str], held_next_by: str, way_back: str
) -> dict[str, str]:
    """{code of the part: words}: what has changed is progress; hopes, who is next and how to come back are the plan."""
    next_ = f"Held next by: {_sentence(held_next_by)}" if held_next_by else ""
    hopes = f"What the family hoped for: {'; '.join(goals)}." if goals else ""
    back = f"How they can come back: {_sentence(way_back)}" if way_back else ""
    words = {"progress": summary, "plan": "\n\n".join(filter(None, [hopes, next_, back]))}
    return {code: said for code, said in words.items() if said}


def how_to_come_back(*, way_back: str, phone: str) -> str:
    """The way back in a sentence or two; within a year or after, it is the same door."""
    ring = f" You can ring us on {phone}." if phone else ""
    own = f" {_sentence(way_back)}" if way_back else ""
    return f"You can come back to us whenever you would like to think with somebody again.{ring}{own}"


def named(names: Sequence[str]) -> str:
    """“Ana”, “Ana and Ben”, “Ana, Ben and Cy”."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _we_met(ended: Ended) -> str:
    children = named(ended.children) or "your baby"
    when = f" Our last day together was {day(ended.ended_on)}." if ended.ended_on else ""
    return f"Thank you for letting us spend time with you and {children}.{when}"


def _hoped(goals: Sequence[str]) -> str:
    return f"You hoped for this: {'; '.join(goals)}." if goals else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
