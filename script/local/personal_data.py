"""What docs/map/personal-data.md holds: every field of every table by its privacy class. Made by script/map."""

from collections import Counter

from django.db import models

PRIVACY_CLASSES = {
    "identifies": "says who somebody is: names, NHS numbers, dates of birth",
    "contact": "where somebody lives or is reached",
    "sensitive": "about somebody’s life, and not their care: circumstances, ethnicity, area, safeguarding, sharing",
    "clinical": "what is recorded of the care: notes, plans, measures, goals",
    "staff": "about somebody who works here or refers",
    "operational": "how a record came about and where it stands: statuses, moments, versions, references",
    "public": "the same for everybody and about nobody: code lists, sites, what a service offers",
    "secret": "opens something: hashes of tokens, what is encrypted",
    "aggregate": "numbers about many people",
}
OF_A_PERSON = ("identifies", "contact", "sensitive", "clinical")
HEAD = """# Personal data

Made by `script/map` from the `privacy` of each table; a test asks for every field. By app, bottom layer first. Ids and
keys to other records are left out, and so is what every record has (when it was made, entered in error or sealed). A
table of history keeps what the fields of its table were, and is of their classes.

| class | what it means | fields |
|---|---|---|
"""


def write_personal_data(models_in_order: list[type[models.Model]]) -> str:
    """The whole document, of these tables."""
    counts: Counter = Counter()
    for model in models_in_order:
        counts.update({name: len(fields) for name, fields in list_classes(model).items()})
    classes = [f"| {name} | {meaning} | {counts[name]} |" for name, meaning in PRIVACY_CLASSES.items()]
    return "\n".join([HEAD + "\n".join(classes), *write_tables(models_in_order), ""])


def list_classes(model: type[models.Model]) -> dict[str, list[str]]:
    """{privacy class: the fields that the table puts in it}, in the order of the classes."""
    declared = getattr(model, "privacy", {})
    return {name: declared[name].split() for name in PRIVACY_CLASSES if declared.get(name)}


def write_tables(models_in_order: list[type[models.Model]]) -> list[str]:
    lines, app = [], ""
    for model in models_in_order:
        if not list_classes(model):
            continue
        if model._meta.app_config.name != app:
            app = model._meta.app_config.name
            lines += ["", f"## {app}", "", "| table | about people | other |", "|---|---|---|"]
        lines.append(write_row(model))
    return lines


def write_row(model: type[models.Model]) -> str:
    classes = list_classes(model)
    about = [_write_class(name, fields) for name, fields in classes.items() if name in OF_A_PERSON]
    other = [_write_class(name, fields) for name, fields in classes.items() if name not in OF_A_PERSON]
    return f"| {model.__name__} | {'<br>'.join(about)} | {'<br>'.join(other)} |"


def _write_class(name: str, fields: list[str]) -> str:
    return f"**{name}**: {', '.join(fields)}"
