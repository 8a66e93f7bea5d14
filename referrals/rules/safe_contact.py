"""How to contact a carer safely, as one line of their record."""


def format_safe_contact(*, safe_contact: str, best_times: str = "", unsafe_times: str = "") -> str:
    """Everything that was said of when and how, what is unsafe first; '' when nothing was."""
    said = [
        f"Not safe: {unsafe_times}" if unsafe_times else "",
        safe_contact,
        f"Best: {best_times}" if best_times else "",
    ]
    told = [each for each in said if each]
    return told[0] if len(told) == 1 else ". ".join(each.rstrip(" .") for each in told)
