"""The catalogue of measures, read once: outcomes/catalogue/*.yaml, and the licensed copies of a service."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from outcomes.measure_definitions import ITEMS, LicensedWording, Measure, parse_measure, parse_scale, to_tuple
from outcomes.measure_validation import validate_definition

CATALOGUE_DIR = Path(__file__).parent / "catalogue"
# The same safe loader in C, eight times as fast, where PyYAML was built with libyaml.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Fields of scoring that a licensed pack may confirm, where the definition allows it.
CONFIRMABLE_FIELDS = {"items", "lowest", "highest", "lowest_means", "highest_means", "reversed", "scales"}


@cache
def get_catalogue() -> Mapping[str, Measure]:
    """{id: Measure}. Raises ValueError, naming the file, for a sheet that contradicts itself."""
    packs = {path.stem: path for path in _list_packs()}
    shipped = {path.stem: path for path in sorted(CATALOGUE_DIR.glob("*.yaml"))}
    unknown = sorted(set(packs) - set(shipped))
    if unknown:
        raise ValueError(f"A pack for a measure that is not in the catalogue: {', '.join(unknown)}")
    return {name: _load_measure(path, packs.get(name)) for name, path in shipped.items()}


def list_offered_measures() -> list[Measure]:
    """Those that may be recorded, the relationship measures first."""
    found = (measure for measure in get_catalogue().values() if measure.offered)
    return sorted(
        found, key=lambda measure: (not measure.is_about_relationship, not measure.may_be_core, measure.name)
    )


def find_definition_faults() -> list[str]:
    """Schema errors of definitions and packs, for the system check; too slow for every start."""
    from jsonschema import Draft202012Validator

    schema = json.loads((CATALOGUE_DIR / "schema.json").read_text(encoding="utf-8"))
    asked = [(path, "measure") for path in CATALOGUE_DIR.glob("*.yaml")] + [
        (path, "pack") for path in _list_packs()
    ]
    return [
        f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
        for path, kind in sorted(asked)
        for error in Draft202012Validator(schema | {"$ref": f"#/$defs/{kind}"}).iter_errors(_load_yaml(path))
    ]


def _list_packs() -> Iterator[Path]:
    return Path(settings.MEASURE_PACKS).glob("*.yaml") if settings.MEASURE_PACKS else iter(())


def _load_yaml(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)


def _load_measure(path: Path, pack: Path | None) -> Measure:
    try:
        measure = parse_measure(_load_yaml(path))
        measure = apply_pack(measure, _load_yaml(pack)) if pack else measure
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    wrong = validate_definition(measure) + (
        [] if path.stem == measure.id else ["the file is named otherwise"]
    )
    if wrong:
        raise ValueError(f"{path.name}: {'; '.join(wrong)}")
    return measure


def apply_pack(measure: Measure, pack: Mapping[str, Any]) -> Measure:
    """The measure with a licensed copy's words, and what it confirms of the scoring. KeyError: not for this version."""
    if pack["version"] != measure.version:
        raise KeyError(f"the pack is for version {pack['version']}, the sheet is {measure.version}")
    if measure.wording == "no":
        raise KeyError("no copy of its words may be put in place")
    if "confirms" in pack:
        measure = _confirm_scoring(measure, pack["confirms"])
    numbered = {int(item): words for item, words in pack["items"].items()}
    if set(numbered) != set(range(1, measure.items + 1)):
        raise KeyError("the pack has other items than the sheet")
    answers = {float(value): words for value, words in pack.get("answers", {}).items()}
    return replace(
        measure, words=LicensedWording(pack["licence"], pack.get("instruction", ""), numbered, answers)
    )


def _confirm_scoring(measure: Measure, said: Mapping[str, Any]) -> Measure:
    """Apply the pack's scoring; the version changes, so that scores are not compared across it."""
    if not measure.once_confirmed or not set(said) <= CONFIRMABLE_FIELDS:
        raise KeyError("the sheet does not wait for a copy to confirm this")
    rest = {name: to_tuple(value) for name, value in said.items() if name != "scales"}
    scales = tuple(parse_scale(each) for each in said["scales"])
    if {(each.id, each.better) for each in scales} != {(each.id, each.better) for each in measure.scales}:
        raise KeyError("a copy confirms the sheet's own scores: none more, none less, in the same direction")
    return replace(measure, **rest, kind=ITEMS, scales=scales, version=f"{measure.version}-confirmed")
