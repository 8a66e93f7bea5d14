"""Labels and hints of the same questions, for the writer or for staff who type what a caller says."""

from typing import Any

# voice → field → (label, hint). "own": the form's own words; "parent": a parent, or somebody of the family, rings.
_CALLER_TEXTS = {
    "asker_name": ("Name of who is calling", ""),
    "asker_role": ("Their role", "For example: mum, aunt, health visitor, nursery nurse."),
    "asker_group": ("Their professional group, if they are one", ""),
    "asker_organisation": ("Their organisation, if any", ""),
    "asker_phone": ("A phone number to reach them", ""),
    "permission": ("Does the parent know about this, and agree?", ""),
    "noticed": (
        "What has the caller noticed between the baby and carers?",
        "In their own words. What might the baby be telling us?",
    ),
    "parent_says": (
        "What does the parent say, according to the caller?",
        "As near to their words as you can.",
    ),
    "first_visit_together": ("The caller would like to come to the first visit", ""),
}
_PARENT_TEXTS = _CALLER_TEXTS | {
    "concerns": (
        "Does any of this fit?",
        "Read out any that may help; they are in a parent's words.",
    ),
    "parent_says": ("What's going on, in their own words?", "As near to their words as you can."),
    "noticed": ("Anything else they have noticed about the baby?", ""),
    "hopes": ("What would help? What do they hope for?", ""),
    "place": ("Which district do they live in?", ""),
    "preferred_place": ("Where would they like to meet?", ""),
    "first_visit_together": ("Someone who knows them would like to join the first visit", ""),
}
TEXTS_BY_VOICE = {"own": {}, "caller": _CALLER_TEXTS, "parent": _PARENT_TEXTS}
REQUIRED_MESSAGES = {"parent_says": "Enter what is happening, in a sentence or two"}


def apply_voice(form: Any, voice: str) -> None:
    """Word the form's labels and hints for whoever speaks."""
    for name, (label, hint) in TEXTS_BY_VOICE[voice].items():
        if name in form.fields:
            field = form.fields[name]
            field.label, field.help_text = label, hint or field.help_text
            if voice == "parent" and name in REQUIRED_MESSAGES:
                field.error_messages["required"] = REQUIRED_MESSAGES[name]
