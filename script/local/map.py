"""script/map: draws docs/map/layers.svg and docs/map/records.svg, lists every table in docs/map/tables.md and every
field by its privacy class in docs/map/personal-data.md.

The layers come from import-linter's configuration in pyproject.toml, everything else from Django's registry.
"""

import os
import statistics
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import django
from django.apps import apps
from django.db import models

from script.local.drawing import Box, draw_box, draw_line, draw_picture, draw_text
from script.local.lint import NO_DATABASE
from script.local.personal_data import write_personal_data
from script.local.state_folder import ROOT
from tests.project.import_layers import list_apps

FOLDER = ROOT / "docs" / "map"
COLOURS = {
    "config": "#e8edee",
    "reporting": "#d9e8f6",
    "outcomes": "#dcefe1",
    "interventions": "#fff4cc",
    "referrals": "#fbe3d0",
    "pairs": "#ece3f2",
}
OUTSIDE_APPS = {
    "config": "Settings, addresses, timetable",
    "pairs.web": "Forms, templates and static files for pages",
    "pairs.code_lists": "Code lists, sites and places",
    "pairs.database": "Schema, history and triggers",
}
# The tables that a newcomer meets first. All are in tables.md.
CENTRE = [
    "service.Site", "families.Family", "families.Infant", "families.Caregiver", "families.Dyad", "families.RiskAlert",
    "village.VillageMember", "safeguarding.SafeguardingConcern", "referrals.Referral", "referrals.ReferredInfant",
    "episodes.Episode", "episodes.CareContact", "episodes.Participant", "episodes.NotePart", "episodes.Goal",
    "plans.Plan", "diary.Appointment", "endings.Ending", "outcomes.Assessment", "outcomes.GoalRating",
]  # fmt: skip
WIDTH = 1240


# ---------------------------------------------------------------- apps
def list_layers() -> list[str]:
    """Top to bottom; an app inside another's folder comes right below it."""
    return list_apps()[::-1]


def describe_app(name: str) -> str:
    if name in OUTSIDE_APPS:
        return OUTSIDE_APPS[name]
    return str(next(each.verbose_name for each in apps.get_app_configs() if each.name == name))


def draw_layers() -> str:
    boxes = [
        Box(name, describe_app(name), COLOURS[name.partition(".")[0]], 20, 52 + 48 * place, 560, 44)
        for place, name in enumerate(list_layers())
    ]
    note = draw_text("An app may import those below it, never one above.", 20, 32, size=14)
    title = "The apps of PaIRS in layers: " + ", ".join(box.title for box in boxes)
    return draw_picture(title, 600, 66 + 48 * len(boxes), [note, *map(draw_box, boxes)])


# ---------------------------------------------------------------- tables
def list_models() -> list[type[models.Model]]:
    """Ours, in the order of the layers from the bottom up, without the tables that hold another's history."""
    layers = list_apps()
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_config.name in layers
        and not model._meta.proxy
        and not hasattr(model, "pgh_tracked_model")
    ]
    return sorted(ours, key=lambda model: layers.index(model._meta.app_config.name))


def list_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """Foreign keys to tables of ours but people who work here, whom almost every table names."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model in set(list_models())
        and field.related_model._meta.label != "service.User"
    ]


def describe_model(model: type[models.Model]) -> str:
    """The first line of its docstring."""
    return " ".join((model.__doc__ or "").strip().partition("\n\n")[0].split()).replace("|", "/")


def write_tables() -> str:
    lines = [
        "# Every table",
        "",
        "Made by `script/map`. By app, bottom layer first; each table with what it is and where its keys lead. Keys to",
        "people who work here are left out, and so are the tables of history, one for each table whose past is kept.",
    ]
    app = ""
    for model in list_models():
        if model._meta.app_config.name != app:
            app = model._meta.app_config.name
            lines += [
                "",
                f"## {app}",
                "",
                describe_app(app) + ".",
                "",
                "| table | what it is | keys |",
                "|---|---|---|",
            ]
        keys = ", ".join(f"{key.name} → {key.related_model.__name__}" for key in list_keys(model))
        lines.append(f"| {model.__name__} | {describe_model(model)} | {keys} |")
    return "\n".join([*lines, ""])


# ---------------------------------------------------------------- the drawing of the centre
Links = dict[str, list[str]]  # label → labels that its keys always lead to


def read_links() -> Links:
    return {
        label: [
            key.related_model._meta.label
            for key in list_keys(apps.get_model(label))
            if key.related_model._meta.label in CENTRE and not key.null
        ]
        for label in CENTRE
    }


def leave_out_implied(links: Links) -> Links:
    """Without what follows from other keys: of a dyad, that it has a family, since its infant has one."""
    return {
        label: [
            to
            for to in targets
            if not any(to in find_reachable(step, links) for step in targets if step != to)
        ]
        for label, targets in links.items()
    }


def find_reachable(label: str, links: Links) -> set[str]:
    return {label}.union(*(find_reachable(to, links) for to in links[label]))


def place_in_rows(links: Links) -> list[list[str]]:
    """Bottom row first: each table above all that its keys lead to, near them from left to right."""
    depth: dict[str, int] = {}
    for label in TopologicalSorter(links).static_order():
        depth[label] = 1 + max((depth[to] for to in links[label]), default=-1)
    rows = [[each for each in CENTRE if depth[each] == level] for level in range(max(depth.values()) + 1)]
    middle: dict[str, float] = {}
    for row in rows:
        row.sort(key=lambda label: statistics.mean([middle[to] for to in links[label]] or [0.5]))
        middle |= {label: (place + 0.5) / len(row) for place, label in enumerate(row)}
    return rows


def place_boxes(rows: list[list[str]]) -> dict[str, Box]:
    return {
        label: make_box(label, (place + 0.5) * WIDTH / len(row), 52 + 110 * (len(rows) - 1 - level))
        for level, row in enumerate(rows)
        for place, label in enumerate(row)
    }


def make_box(label: str, middle: float, top: float) -> Box:
    model = apps.get_model(label)
    app = model._meta.app_config.name
    return Box(model.__name__, app, COLOURS[app.partition(".")[0]], middle - 84, top, 168, 44)


def draw_records() -> str:
    links = leave_out_implied(read_links())
    boxes = place_boxes(place_in_rows(links))
    lines = [draw_line(boxes[label], boxes[to]) for label, targets in links.items() for to in targets]
    note = "A line leads down to what a record always belongs to. What follows from other lines is left out."
    title = "The tables at the centre of PaIRS: " + ", ".join(list_sentences(links))
    parts = [draw_text(note, 20, 32, size=14), *lines, *map(draw_box, boxes.values())]
    return draw_picture(title, WIDTH, max(box.top for box in boxes.values()) + 64, parts)


def list_sentences(links: Links) -> Iterator[str]:
    for label, targets in links.items():
        for to in targets:
            yield f"{label.partition('.')[2]} leads to {to.partition('.')[2]}"


# ----------------------------------------------------------------
def draw_all() -> dict[Path, str]:
    """File → what it should hold."""
    return {
        FOLDER / "layers.svg": draw_layers(),
        FOLDER / "records.svg": draw_records(),
        FOLDER / "tables.md": write_tables(),
        FOLDER / "personal-data.md": write_personal_data(list_models()),
    }


def main() -> None:
    os.environ.update(NO_DATABASE | {"DJANGO_SETTINGS_MODULE": "config.settings"})
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in draw_all().items():
        path.write_text(text)


if __name__ == "__main__":
    main()
