"""Who says for themselves which rows are live, which contacts are direct, and who came: found by reading the code.

Each of the three is said once (docs/adr, 33). Anybody else who names the columns in a lookup, in SQL, on a record or
in a template has begun a second definition, which will forget what the first one learns.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextChoices

from interventions.episodes.rules import Attendance, Mechanism
from tests.project.import_layers import ROOT, TOP_PACKAGES

LIVE = re.compile(r"(?<![a-z])(?:entered_in_error_at|sealed_at)(?![a-z]|_(?!_))")
CAME = r"(?:mechanism|attendance)"
LOOKUP = re.compile(rf"(?:^|__){CAME}$")
NARROWED = re.compile(rf"(?:^|__){CAME}__(?:in|exact|iexact|isnull|ne|regex|startswith)$")
IN_SQL = re.compile(rf"\b{CAME}\b\"?\s*(?:=|<>|!=|~|(?:NOT\s+)?(?:IN|LIKE|BETWEEN)\b|IS\b)", re.IGNORECASE)
SELECTING = {"filter", "exclude", "get", "Q", "When", "update_or_create", "get_or_create", "FilteredRelation"}
CODES = [{"01", "02", "04", "11"}, {"attended", "late_seen"}]
# The enumerations of those codes: a member of one says as much as the string.
ENUMERATIONS = {"Attendance": Attendance, "Mechanism": Mechanism}
# Constants that stand for the columns and the codes, by the module that has them.
CONSTANTS = {
    "pairs.access.records": {"IN_ERROR", "SEALED", "OUT_OF_SIGHT"},
    "referrals.rules.clocks": {"DIRECT_MECHANISMS"},
}
# Where the three are said.
DEFINING = {
    "pairs/access/records.py": "what live is, and the columns of it",
    "interventions/episodes/attended.py": "what direct is, and who came",
    "interventions/episodes/rules.py": "the code list of attendances, and which of them are which",
    "referrals/rules/clocks.py": "the national codes that the four-week measure counts as direct",
}
# Who else may name what, how often, and why. What is no longer named leaves the list.
PERMITTED = {
    "pairs/families/actions/adoptions.py": ({"SEALED": 1}, "seals"),
    "pairs/matching/ledger.py": ({"SEALED": 1}, "seals, and writes down that it did"),
    "pairs/families/field_words.py": ({"OUT_OF_SIGHT": 1}, "says what the columns are called"),
    "pairs/families/access.py": ({"OUT_OF_SIGHT": 1}, "fetches the columns that is_out_of_sight reads"),
    "interventions/diary/visits.py": ({"OUT_OF_SIGHT": 1}, "fetches the columns that is_out_of_sight reads"),
    "interventions/episodes/contact_rules.py": (
        {"Attendance.LATE_NOT_SEEN": 1},
        "who came too late was there, and was not seen",
    ),
    "interventions/episodes/models/contacts.py": (
        {"mechanism__in": 2},
        "a constraint: which kind is a message",
    ),
    "interventions/episodes/views/sealed.py": ({"IN_ERROR": 1}, "governance's list, the newest mark first"),
    "interventions/episodes/views/notes.py": ({"entered_in_error_at": 1}, "says when a note was refiled"),
    "pairs/subject_access/gathering.py": (
        {"entered_in_error_at": 1},
        "says when an entry was found to be wrong",
    ),
    "interventions/groups/actions/registers.py": (
        {"entered_in_error_at": 1},
        "a line is in error from the moment its contact was",
    ),
    "reporting/evidence/counting.py": ({"Q(attendance=)": 1}, "of those expected, who was not brought"),
    "templates/episodes/sealed_contact.html": ({"entered_in_error_at": 1}, "tells governance when"),
    "templates/episodes/sealed_contacts.html": ({"entered_in_error_at": 1}, "tells governance when"),
}


@dataclass(frozen=True)
class Found:
    """A place that names what is said elsewhere."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what}"


def list_source_files(root: Path = ROOT) -> list[Path]:
    """Python and templates, without migrations (Django writes them) and tests (they count for themselves)."""
    folders = [*TOP_PACKAGES, "script", "templates"]
    found = [path for folder in folders for path in sorted((root / folder).rglob("*.*"))]
    return [path for path in found if path.suffix in (".py", ".html") and "migrations" not in path.parts]


def find_definitions(files: list[Path], root: Path = ROOT) -> list[Found]:
    """Every place in these files that says one of the three for itself, permitted or not."""
    found = []
    for path in files:
        short = str(path.relative_to(root))
        for line, what in read_source(path):
            found.append(Found(short, line, what))
    return sorted(found, key=lambda each: (each.file, each.line))


def find_not_permitted(files: list[Path], root: Path = ROOT) -> list[str]:
    """What is named beyond the list, a line each."""
    seen: Counter[tuple[str, str]] = Counter()
    problems = []
    for each in find_definitions(files, root):
        seen[each.file, each.what] += 1
        if each.file not in DEFINING and seen[each.file, each.what] > _count_allowed(each.file, each.what):
            problems.append(str(each))
    return problems


def _count_allowed(file: str, what: str) -> int:
    names, _ = PERMITTED.get(file, ({}, ""))
    return names.get(what, 0)


def find_needless_permissions(files: list[Path], root: Path = ROOT) -> list[str]:
    """What the list permits and nobody does any more."""
    found = Counter((each.file, each.what) for each in find_definitions(files, root))
    permitted = [
        (file, what, number) for file, (names, _) in PERMITTED.items() for what, number in names.items()
    ]
    needless = [f"{file} {what}" for file, what, number in permitted if found[file, what] < number]
    return needless + sorted(DEFINING.keys() - {file for file, _ in found})


def read_source(path: Path) -> Iterator[tuple[int, str]]:
    """(line, what is named) of one file."""
    text = path.read_text()
    return _read_python(text) if path.suffix == ".py" else _read_text(text)


def _read_text(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for match in LIVE.finditer(line):
            yield number, match[0]


def _read_python(text: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(text)
    docs = _find_docstrings(tree)
    for node in ast.walk(tree):
        if node in docs:
            continue
        for what in _list_named(node):
            yield node.lineno, what  # type: ignore[attr-defined]  # what names something has a line


def _find_docstrings(tree: ast.AST) -> set[ast.AST]:
    """Strings that stand alone: they say, and select nothing."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _list_named(node: ast.AST) -> Iterator[str]:
    """What this piece of code names that is not its to say."""
    if isinstance(node, ast.Attribute):
        yield from LIVE.findall(node.attr)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _search_string(node.value)
    elif isinstance(node, ast.keyword) and node.arg:
        yield from _search_keyword(node.arg)
    elif isinstance(node, ast.AnnAssign | ast.Assign):
        yield from _find_assigned_columns(node)
        yield from _find_constants(node)
    elif isinstance(node, ast.ImportFrom):
        yield from (each.name for each in node.names if each.name in CONSTANTS.get(node.module or "", ()))
        yield from (f"{each.name} as" for each in node.names if each.asname and each.name in ENUMERATIONS)
    elif isinstance(node, ast.Call):
        yield from _find_lookups(node)
    elif isinstance(node, ast.Compare):
        yield from _find_compared_members(node)
    elif isinstance(node, ast.MatchValue):
        yield from _describe_members(node.value)
    elif isinstance(node, ast.Set | ast.Tuple | ast.List):
        yield from _find_codes(node)


def _search_string(text: str) -> Iterator[str]:
    yield from LIVE.findall(text)
    if NARROWED.search(text) or IN_SQL.search(text):
        yield f"“{' '.join(text.split())[:60]}”"


def _search_keyword(name: str) -> Iterator[str]:
    yield from LIVE.findall(name)
    if NARROWED.search(name):
        yield name


def _find_assigned_columns(node: ast.AnnAssign | ast.Assign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            yield from LIVE.findall(target.id)


def _find_lookups(call: ast.Call) -> Iterator[str]:
    """``filter(attendance="attended")``: of making a row the same words say nothing."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in SELECTING:
        for lookup, value in _list_lookups(call):
            if LOOKUP.search(lookup):
                yield f"{name}({lookup}=)"
            elif not NARROWED.search(lookup):  # those are found by their names already
                yield from _describe_members(value)


def _list_lookups(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """(name, value) of what is compared, those of a dict that is unpacked among them."""
    for each in call.keywords:
        if each.arg:
            yield each.arg, each.value
        elif isinstance(each.value, ast.Dict):
            pairs = zip(each.value.keys, each.value.values, strict=True)
            yield from ((_get_end_of_key(key), value) for key, value in pairs if key)


def _get_end_of_key(key: ast.expr) -> str:
    """A text, or what a text with values in it ends in."""
    last = key.values[-1] if isinstance(key, ast.JoinedStr) and key.values else key
    return str(last.value) if isinstance(last, ast.Constant) else ""


def _find_codes(node: ast.Set | ast.Tuple | ast.List) -> Iterator[str]:
    held = {each.value for each in node.elts if isinstance(each, ast.Constant)}
    held |= {str(member) for each in node.elts if (member := _get_member(each))}
    yield from (f"the codes {sorted(codes)}" for codes in CODES if codes <= held)


def _find_compared_members(node: ast.Compare) -> Iterator[str]:
    """``row.attendance == Attendance.ATTENDED``, or in several; one mechanism alone is not what direct is."""
    for side in [node.left, *node.comparators]:
        several = isinstance(side, ast.Set | ast.Tuple | ast.List)
        yield from (said for said in _describe_members(side) if several or not said.startswith("Mechanism."))


def _find_constants(node: ast.AnnAssign | ast.Assign) -> Iterator[str]:
    """``CAME = Attendance.ATTENDED``: a name that would stand for the code wherever it is used."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if any(isinstance(each, ast.Name) and each.id.isupper() for each in targets) and node.value:
        yield from (_describe_member(each) for each in _list_members(node.value) if str(each) in CODES[1])


def _describe_members(node: ast.expr) -> Iterator[str]:
    yield from (_describe_member(each) for each in _list_members(node))


def _list_members(node: ast.expr) -> list[TextChoices]:
    """The member that this is, or those that a tuple, list or set holds."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return [member for each in parts if (member := _get_member(each))]


def _get_member(node: ast.expr) -> TextChoices | None:
    """``Attendance.ATTENDED``, also with ``rules.`` before it or ``.value`` behind it."""
    if not isinstance(node, ast.Attribute):
        return None
    if node.attr == "value":
        return _get_member(node.value)
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return getattr(ENUMERATIONS.get(name), "__members__", {}).get(node.attr)


def _describe_member(member: TextChoices) -> str:
    return f"{type(member).__name__}.{member.name}"


def main() -> int:
    problems = find_not_permitted(list_source_files())
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
