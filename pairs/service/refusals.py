"""How a rule says no: by field, in plain English."""


class Refused(Exception):
    """An action refused: ``errors`` maps a field's name ('' for the whole form) to the message beside it."""

    def __init__(self, errors):
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__("; ".join(str(message) for message in self.errors.values()))


class ChangedMeanwhile(Refused):
    """Somebody else saved first: show both texts, overwrite neither."""
