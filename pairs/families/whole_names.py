"""A name typed in one box, taken apart: a proposal that whoever reads it puts right. Pure."""

import re

# What belongs to the family name behind it.
PARTICLES = frozenset(
    """al abu ap as bin bint binti da dal de del della den der des di dos du el ibn la las le los mac mc o san santa
    st ter ul ur van von y zu""".split()  # noqa: SIM905
)


# Behind a comma: who somebody is, and no given name.
ROLES = frozenset(
    """mum mummy mam mom dad daddy mother father nan nana gran grandma grandad carer parent""".split()  # noqa: SIM905
)
BRACKET_PATTERN = re.compile(r"[(\[“\"][^)\]”\"]*[)\]”\"]")
FORMER_NAME_PATTERN = re.compile(r"(?<!\()\b((?:n[eé]e|formerly) [^\s,]+)(?![^(]*\))", re.IGNORECASE)


def split_whole_name(text: str) -> tuple[str, str]:
    """(given name, family name): "Khan, Amina", "Anna van der Berg", "Kate (Kitty) Holt"; one name is the given one.

    What is neither is kept in brackets: "Amy Holt, mum", "Amy Holt née Jones".
    """
    text = FORMER_NAME_PATTERN.sub(r"(\1)", text.strip(" ,"))
    if "," in text:
        family, _, given = (part.strip(" ,") for part in text.partition(","))
        if given.casefold() in ROLES:
            text = f"{family} ({given})"
        elif given and family:
            return given, family
    extra = "".join(f" {found}" for found in BRACKET_PATTERN.findall(text))
    words = BRACKET_PATTERN.sub(" ", text).split()
    if len(words) < 2:
        return text, ""
    if all(map(_is_particle, words[:2])):
        return extra.strip(), " ".join(words)
    first = len(words) - 1
    while first > 1 and _is_particle(words[first - 1]):
        first -= 1
    return " ".join(words[:first]) + extra, " ".join(words[first:])


def _is_particle(word: str) -> bool:
    return word.casefold().strip(".'’") in PARTICLES
