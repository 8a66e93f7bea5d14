"""The catalogue of measures, read once: outcomes/catalogue/*.yaml, and the licensed copies of a service."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from outcomes.sheets import ITEMS, Measure, Words, measure_from, plain, scale_from
from outcomes.sound import contradictions

CATALOGUE = Path(__file__).parent / "catalogue"
# The same safe loader in C, eight times as fast, where PyYAML was built with libyaml.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Lists and loose numbers a licensed copy may state about scoring, where the sheet waits for its word.
CONFIRMED = {"items", "lowest", "highest", "lowest_means", "highest_means", "reversed", "scales"}


@cache
def catalogue() -> Mapping[str, Measure]:
    """{id: Measure}. Raises ValueError, naming the file, for a sheet that contradicts itself."""
    packs = {path.stem: path for path in _packs()}
    shipped = {path.stem: path for path in sorted(CATALOGUE.glob("*.yaml"))}
    unknown = sorted(set(packs) - set(shipped))
    if unknown:
        raise ValueError(f"A pack for a measure that is not in the catalogue: {', '.join(unknown)}")
    return {name: _measure(path, packs.get(name)) for name, path in shipped.items()}


def offered_measures() -> list[Measure]:
    """Those that may be recorded, the relationship measures first."""
    found = (measure for measure in catalogue().values() if measure.offered)
    return sorted(found, key=lambda measure: (not measure.may_be_core, measure.name))


def faults() -> list[str]:
    """What is wrong with the form of the sheets and packs, in words: for the system check, since it takes its time."""
    from jsonschema import Draft202012Validator

    schema = json.loads((CATALOGUE / "schema.json").read_text(encoding="utf-8"))
    asked = [(path, "measure") for path in CATALOGUE.glob("*.yaml")] + [(path, "pack") for path in _packs()]
    return [
        f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
        for path, kind in sorted(asked)
        for error in Draft202012Validator(schema | {"$ref": f"#/$defs/{kind}"}).iter_errors(_sheet(path))
    ]


def _packs() -> Iterator[Path]:
    return Path(settings.MEASURE_PACKS).glob("*.yaml") if settings.MEASURE_PACKS else iter(())


def _sheet(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def _measure(path: Path, pack: Path | None) -> Measure:
    try:
        measure = measure_from(_sheet(path))
        measure = with_pack(measure, _sheet(pack)) if pack else measure
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    wrong = contradictions(measure) + ([] if path.stem == measure.id else ["the file is named otherwise"])
    if wrong:
        raise ValueError(f"{path.name}: {'; '.join(wrong)}")
    return measure


def with_pack(measure: Measure, pack: Mapping[str, Any]) -> Measure:
    """The measure with a licensed copy's words, and what it confirms of the scoring. KeyError: not for this version."""
    if pack["version"] != measure.version:
        raise KeyError(f"the pack is for version {pack['version']}, the sheet is {measure.version}")
    if measure.wording == "no":
        raise KeyError("no copy of its words may be put in place")
    if "confirms" in pack:
        measure = _confirmed(measure, pack["confirms"])
    numbered = {int(item): words for item, words in pack["items"].items()}
    if set(numbered) != set(range(1, measure.items + 1)):
        raise KeyError("the pack has other items than the sheet")
    answers = {float(value): words for value, words in pack.get("answers", {}).items()}
    return replace(measure, words=Words(pack["licence"], pack.get("instruction", ""), numbered, answers))


def _confirmed(measure: Measure, said: Mapping[str, Any]) -> Measure:
    """Scored from now on by the copy's word; the version says so, so that no score is compared across it."""
    if not measure.once_confirmed or not set(said) <= CONFIRMED:
        raise KeyError("the sheet does not wait for a copy to confirm this")
    rest = {name: plain(value) for name, value in said.items() if name != "scales"}
    scales = tuple(scale_from(each) for each in said["scales"])
    if {(each.id, each.better) for each in scales} != {(each.id, each.better) for each in measure.scales}:
        raise KeyError("a copy confirms the sheet's own scores: none more, none less, in the same direction")
    return replace(measure, **rest, kind=ITEMS, scales=scales, version=f"{measure.version}-confirmed")
