"""A token of somebody of the demo, for programs that ask a running service."""

ISSUE = """
from datetime import timedelta
from django.utils import timezone
from pairs.access.models import ApiToken
from pairs.service.models import User
_, text = ApiToken.issue(
    user=User.objects.get(username={username!r}), name="a test", expires_at=timezone.now() + timedelta(days=1)
)
print("token:", text)
"""


def issue_token(service, username: str) -> str:
    """The text of a new token of this person at the running service."""
    printed = service.run_manage("shell", "--verbosity=0", "--command", ISSUE.format(username=username))
    return next(line.removeprefix("token: ") for line in printed.splitlines() if line.startswith("token: "))
