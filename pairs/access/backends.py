"""How people sign in: allauth's backend, with the person behind a session read by a prepared statement."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, annotate_permissions
from pairs.service.models import User

_USER_QUERY = PreparedQuery(
    lambda scope, person: annotate_permissions(User.objects.filter(pk=person), person)
)


class StaffBackend(AuthenticationBackend):
    """Username or e-mail address and password; every request then asks who the session belongs to."""

    def get_user(self, user_id: UUID) -> User | None:
        """The person, or None when there is none or the account is closed. ``user_id``: a UUID.

        What they may do comes with them: nearly every page asks for it next (load_request_scope).
        """
        user = _USER_QUERY.first(NOBODY, person=user_id)
        return user if user and self.user_can_authenticate(user) else None
