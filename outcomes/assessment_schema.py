"""What may be sent of each measure, for the API's description: its items, their range, and what it needs."""

from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.fields import Field

from outcomes.forms import NOT_APPLICABLE, MeasureForm, build_measure_form
from outcomes.measure_definitions import Measure, Scale
from outcomes.measures import list_offered_measures
from outcomes.scoring import may_type
from pairs.api.form_schema import Serializer, build_form_fields

# A family's no is described by itself: of a measure that was filled in, more is needed.
DECLINED_FIELDS = ("dyad", "timepoint", "completed_on", "declined_why")


@cache
def build_assessment_input() -> Any:
    """One of the offered measures, or a family's no to one of them."""
    from drf_spectacular.utils import PolymorphicProxySerializer  # loaded only where the API is described

    measures = list_offered_measures()
    return PolymorphicProxySerializer(
        component_name="NewAssessment",
        serializers=[*map(build_measure_serializer, measures), build_declined_serializer(measures)],
        resource_type_field_name=None,
    )


@cache
def build_measure_serializer(measure: Measure) -> Serializer:
    """``NewAssessmentGad7``: what records a GAD-7."""
    fields = build_form_fields(build_measure_form(measure)) | _build_shared_fields()
    del fields["declined_why"]
    fields |= {
        "measure": _build_constant(measure.id, measure.name),
        "declined": _build_constant(False, "It was completed.", required=False),
    }
    fields |= {f"q{number}": _build_item_field(measure, number) for number in range(1, measure.items + 1)}
    fields |= {
        f"t_{each.id}": _build_number_field(each) for each in measure.scales if may_type(measure, each)
    }
    return type(_get_name(measure), (serializers.Serializer,), fields | _build_needed_fields(measure) | {
        "__doc__": _describe(measure),
    })  # fmt: skip


def build_declined_serializer(measures: list[Measure]) -> Serializer:
    """``NewAssessmentDeclined``: that a family was asked and said no."""
    asked = build_form_fields(MeasureForm)
    fields = {name: asked[name] for name in DECLINED_FIELDS} | _build_shared_fields()
    forms = sorted({form for measure in measures for form in measure.forms})
    fields |= {
        "measure": serializers.ChoiceField([(each.id, each.name) for each in measures]),
        "declined": _build_constant(True, "The family declined."),
        "form": serializers.ChoiceField(forms, required=False, help_text="Of a measure with several forms."),
        "__doc__": "The family declined this time.",
    }
    return type("NewAssessmentDeclined", (serializers.Serializer,), fields)


def _get_name(measure: Measure) -> str:
    return "NewAssessment" + "".join(part.title() for part in measure.id.split("_"))


def _describe(measure: Measure) -> str:
    """What it is, and what the rest of its sheet asks of whoever sends it."""
    parts = [f"{measure.name}."]
    if measure.items:
        parts.append("Answers by item number; leave out or send null where there is none.")
    if measure.risk_items and measure.totals_instead:
        parts.append(f"Beside a typed total, items {', '.join(map(str, measure.risk_items))} are needed.")
    parts += [
        f"Together {', '.join(f't_{each}' for each in rule.scales)} make {rule.to:g}."
        for rule in measure.must_sum
    ]
    return " ".join(parts)


def _build_shared_fields() -> dict[str, Field]:
    return {"dyad": serializers.UUIDField(help_text="Whose relationship: a dyad of the episode's family.")}


def _build_constant(value: Any, meaning: str, **options: Any) -> Field:
    kind = "boolean" if isinstance(value, bool) else "string"
    return _build_described_field({"type": kind, "const": value}, help_text=meaning, **options)


def _build_described_field(schema: dict[str, Any], **options: Any) -> Field:
    """A field with this JSON Schema."""
    from drf_spectacular.utils import extend_schema_field

    return extend_schema_field(schema)(type("DescribedField", (Field,), {}))(**options)


def _build_item_field(measure: Measure, number: int) -> Field:
    """Its number alone: the words are on the family's own copy. Nothing is required: nothing is guessed."""
    options: dict[str, Any] = {"required": False, "allow_null": True, "help_text": f"Item {number}."}
    if measure.may_skip(number):
        return _build_skippable_item_field(measure, number)
    kind = serializers.IntegerField if measure.step == 1 else serializers.FloatField
    return kind(min_value=_to_bound(measure.lowest), max_value=_to_bound(measure.highest), **options)


def _build_skippable_item_field(measure: Measure, number: int) -> Field:
    answer = {"type": "integer", "minimum": int(measure.lowest), "maximum": int(measure.highest)}
    schema = {"oneOf": [answer, {"type": "string", "enum": [NOT_APPLICABLE]}, {"type": "null"}]}
    words = f"Item {number}; “{NOT_APPLICABLE}”: it does not apply."
    return _build_described_field(schema, required=False, help_text=words)


def _build_number_field(scale: Scale) -> Field:
    bounds = {"min_value": scale.lowest, "max_value": scale.highest}
    known = {name: _to_bound(value) for name, value in bounds.items() if value is not None}
    kind = serializers.IntegerField if scale.step == 1 else serializers.FloatField
    return kind(
        required=False, allow_null=True, help_text=f"{scale.name}, typed from a scored sheet.", **known
    )


def _to_bound(value: float) -> float:
    return int(value) if value == int(value) else value


def _build_needed_fields(measure: Measure) -> dict[str, Field]:
    """What a sheet needs where it has forms, a coder, or a question of its own."""
    form = build_measure_form(measure).base_fields
    needed: dict[str, Field] = {
        name: serializers.ChoiceField(form[name].choices, help_text=f"{form[name].label}.")
        for name in ("rater_role", "reliability")
        if name in form
    }
    if "form" in form:
        needed["form"] = serializers.ChoiceField(measure.forms, help_text="Which form it was.")
    if "concern" in form:
        needed["concern"] = serializers.BooleanField(help_text="Whether there is a concern.")
    return needed
