"""Where code writes a code of a field's choices as a string, though the field has an enumeration of them."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.db.models.enums import ChoicesType

from tests.project.import_layers import ROOT, TOP_PACKAGES, list_modules
from tests.project.test_models import list_our_models

LOOKUPS = {"in", "exact"}


@dataclass(frozen=True)
class Literal:
    """A code written as a string."""

    file: str
    line: int
    name: str
    code: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.name}={self.code!r}"


def list_choice_fields() -> list:
    """Fields of our models that have choices; those of history tables copy them."""
    return [
        field for model in list_our_models() for field in model._meta.local_concrete_fields if field.choices
    ]


def collect_codes() -> dict[str, set[str]]:
    """Name of a field → every code that a field of that name may hold."""
    codes = defaultdict(set)
    for field in list_choice_fields():
        codes[field.name] |= {code for code, _ in field.flatchoices if isinstance(code, str) and code}
    return codes


def list_fields_without_enumeration() -> list[str]:
    """Choice fields whose declaration names no TextChoices or IntegerChoices."""
    return sorted(str(field) for field in list_choice_fields() if not is_enumeration(field))


def is_enumeration(field) -> bool:
    """Whether ``choices=`` in the model's file is an enumeration (or ``.choices`` of one)."""
    owner = next(each for each in field.model.__mro__ if field.name in read_choices(each))
    expression = read_choices(owner)[field.name].removesuffix(".choices")
    namespace = vars(import_module(owner.__module__)) | vars(owner)
    return isinstance(eval(expression, dict(namespace)), ChoicesType)  # our own source


def read_choices(model: type) -> dict[str, str]:
    """{field: the expression given as its choices}, of the fields that the class itself declares."""
    if model.__module__.partition(".")[0] not in TOP_PACKAGES:
        return {}
    tree = ast.parse(Path(import_module(model.__module__).__file__).read_text())
    body = next(
        (
            node.body
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name == model.__name__
        ),
        [],
    )
    return {
        node.targets[0].id: ast.unparse(keyword.value)
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for keyword in node.value.keywords
        if keyword.arg == "choices"
    }


def list_source_files() -> list[Path]:
    """The product's Python, without migrations (Django writes them)."""
    return [path for path in list_modules().values() if "migrations" not in path.parts]


def find_literals(files: list[Path], codes: dict[str, set[str]], root: Path = ROOT) -> list[Literal]:
    return [
        Literal(str(path.relative_to(root)), line, name, code)
        for path in files
        for name, node in list_named_values(ast.parse(path.read_text()))
        for line, code in list_strings(node)
        if code in codes.get(name, ())
    ]


def list_strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """A string, or each of a tuple, list or set of them."""
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.lineno, part.value


def list_named_values(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(name of a field, what it is given or compared with): keywords, keys of dicts, comparisons."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield get_field_name(node.arg), node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield get_field_name(key.value), value
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for name in {name for side in sides if (name := get_compared_name(side))}:
                yield from ((name, side) for side in sides)


def get_field_name(lookup: str) -> str:
    parts = lookup.split("__")
    return parts[-2] if len(parts) > 1 and parts[-1] in LOOKUPS else parts[-1]


def get_compared_name(node: ast.AST) -> str:
    """The last word of ``row.status``, ``status`` or ``row["status"]``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.id if isinstance(node, ast.Name) else ""
