"""Names that are one name: short forms, and one name as several languages and registrars write it. Ours, and small.

A name may stand in several groups; names of one line are each other's forms, and not those of a third. Spellings
that sound alike (Aisha, Ayesha) need no group: see ``get_sounds``.

Source: kept by hand, from common knowledge. The English names are those most given in England and Wales (Office for
National Statistics, Baby names) with the short forms in use in Lancashire; the others are the names of families from
Pakistan, India, Bangladesh, Poland, Romania, Ireland, Nigeria and Ghana, as registrars write them. To add a name is to
add it to name_groups.txt.
"""

from pathlib import Path

NAME_GROUPS = Path(__file__).with_name("name_groups.txt").read_text(encoding="utf-8").splitlines()


def _build_variants() -> dict[str, frozenset[str]]:
    found = {}
    for group in NAME_GROUPS:
        names = group.split()
        for name in names:
            found.setdefault(name, set()).update(each for each in names if each != name)
    return {name: frozenset(others) for name, others in found.items()}


NAME_VARIANTS = _build_variants()
