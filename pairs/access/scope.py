"""What one person may reach: loaded once a request, frozen, and empty unless something grants it."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import JSONField, Model, QuerySet, Value
from django.db.models.expressions import RawSQL

from pairs.access.daily_cache import cache_for_the_day
from pairs.access.json_ids import parse_id
from pairs.access.placeholders import make_placeholder
from pairs.access.statements import Statement, compile_statement, write_ids
from pairs.service.hooks import collect_from_hooks, list_hooks
from pairs.service.models import SitePermission
from pairs.service.roles import READ_ONLY_PURPOSES, GrantPurpose

# Stands where a role would: the id is a colleague's whom they cover today. Of a permission on a family, which was given
# to this person, the purpose it was given for stands there.
_COVERED = "covered"
_OWN = "own"  # and the id is of a family that may be this person's own
_PURPOSES = frozenset(GrantPurpose.values)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PERMISSION_ROWS = "permission_rows"  # of a User that came with them (annotate_permissions)


@dataclass(frozen=True)
class Scope:
    """Site ids by permission, the roles held, and who it is. No permission, no rows."""

    user_id: UUID | None = None
    team_id: UUID | None = None
    sites_by_permission: Mapping[str, frozenset[UUID]] = field(default_factory=dict, hash=False)
    roles: frozenset[str] = frozenset()
    reasons: Mapping[UUID, str] = field(
        default_factory=dict, hash=False
    )  # why each granted family is reached
    granted: Mapping[UUID, frozenset[str]] = field(default_factory=dict, hash=False)  # what each grant allows
    own_ids: frozenset[UUID] = (
        frozenset()
    )  # whose work is this person's today: their own, and of those they cover
    own_records: frozenset[UUID] = (
        frozenset()
    )  # families whose carer may be this person, or whom they say they know
    # Are the families it reaches known to be neither sealed nor entered in error? Then no statement need join them.
    families_are_live: ClassVar[bool] = False
    reaches_families_only: ClassVar[bool] = False  # whatever else may lead to a row: see FamiliesScope
    _rows: dict[type[Model], QuerySet] = field(default_factory=dict, init=False, compare=False, repr=False)

    @functools.cached_property
    def shape(self) -> "ScopeShape":
        """What decides the SQL of a query in this scope, whatever the ids: people with the same roles share it."""
        return ScopeShape(
            signed_in=self.user_id is not None,
            in_a_team=self.team_id is not None,
            held=frozenset(name for name, sites in self.sites_by_permission.items() if sites),
            given=frozenset(name for names in self.granted.values() for name in names),
        )

    @functools.cached_property
    def values(self) -> dict[str, Any]:
        """{name of a placeholder in this scope's template: its value here, lists as PostgreSQL writes them}."""
        lists = {_name_sites_placeholder(name): list(ids) for name, ids in self.sites_by_permission.items()}
        lists |= {_name_grant_placeholder(name): self.given(name) for name in self.shape.given}
        lists[OWN_KEY] = list(self.own_ids)
        written = {name: write_ids(ids) for name, ids in lists.items()}
        return written | {USER_KEY: self.user_id, TEAM_KEY: self.team_id}

    def sites(self, *permissions: str) -> frozenset[UUID]:
        """Ids of the sites where any of the permissions is held."""
        if len(permissions) == 1:  # asked dozens of times by a page
            return self.sites_by_permission.get(permissions[0], frozenset())
        held = (self.sites_by_permission.get(name, frozenset()) for name in permissions)
        return frozenset().union(*held)

    def may(self, *permissions: str, at: UUID | None = None, of: UUID | None = None) -> bool:
        """Is any of the permissions held, at that site or (without ``at``) anywhere?

        ``of``: or is it granted for that family, to somebody who holds it somewhere?
        """
        sites = self.sites(*permissions)
        return (at in sites if at else bool(sites)) or self._is_granted(permissions, of)

    def given(self, permission: str) -> list[UUID]:
        """Ids of the families for which a grant carries the permission."""
        return [family for family, carried in self.granted.items() if permission in carried]

    def rows(self, model: type[Model]) -> QuerySet:
        """The model's rows within this scope, sealed and in-error ones included, for use as a subquery.

        Cached: a page uses it a dozen times or more, and building the QuerySet costs more than running it.
        """
        if model not in self._rows:
            self._rows[model] = model._default_manager.all()._within(self)
        return self._rows[model]

    def may_only_read(self, *, at: UUID | None, of: UUID | None) -> bool:
        """Is that family reached by a grant without the right to write, and by no role at its site?"""
        here = self.may("read_families", "triage_referrals", "govern_records", at=at)
        return of in self.granted and not here and not self._is_granted(("write_records",), of)

    def _is_granted(self, permissions: tuple[str, ...], family: UUID | None) -> bool:
        carried = self.granted.get(family, frozenset()) if family else ()
        return any(name in carried and self.sites(name) for name in permissions)


NOBODY = Scope()
USER_KEY, TEAM_KEY, OWN_KEY = "user", "team", "own"


@dataclass(frozen=True)
class ScopeShape:
    """Which permissions are held anywhere, and which are granted for some family."""

    signed_in: bool
    in_a_team: bool
    held: frozenset[str]
    given: frozenset[str]


def _name_sites_placeholder(permission: str) -> str:
    return f"sites {permission}"


def _name_grant_placeholder(permission: str) -> str:
    return f"given {permission}"


class TemplateScope(Scope):
    """A scope of placeholders, in which a query is built for everybody of that shape."""

    def may(self, *permissions: str, at: UUID | None = None, of: UUID | None = None) -> bool:
        """Anywhere at all: about one site or family the SQL has to ask, since the ids are not known yet."""
        if at is not None or of is not None:
            raise ValueError("A query compiled for many scopes cannot check a permission at one site.")
        return bool(self.sites(*permissions))


class FamiliesScope(Scope):
    """Reaches these families and nothing else: for queries where only the family decides who may see rows.

    The caller has checked that the user may see these families.
    """

    reaches_families_only = True

    def __init__(self, families: UUID) -> None:
        """``families``: the placeholder of one family or of a list."""
        super().__init__(granted={families: frozenset({"read_families"})})

    def rows(self, model: type[Model]) -> QuerySet | list[UUID]:  # type: ignore[override]
        """The families themselves as a list, which is shorter in SQL than a query for them."""
        is_family = model.family_path == "id"
        return self.given("read_families") if is_family else super().rows(model)


class OpenFamilyScope(FamiliesScope):
    """Reaches one family that the caller has fetched by ``visible_to``, as it is never once it is hidden.

    So no query asks again whether it is: of a page's seventy queries in one statement each would join it for that.
    """

    families_are_live = True


@functools.cache
def get_template_scope(shape: ScopeShape) -> TemplateScope:
    """The scope in which queries of that shape are built."""
    return TemplateScope(
        user_id=make_placeholder(USER_KEY) if shape.signed_in else None,
        team_id=make_placeholder(TEAM_KEY) if shape.in_a_team else None,
        own_ids=frozenset({make_placeholder(OWN_KEY, is_list=True)} if shape.signed_in else ()),
        sites_by_permission={
            name: frozenset({make_placeholder(_name_sites_placeholder(name), is_list=True)})
            for name in shape.held
        },
        granted={
            make_placeholder(_name_grant_placeholder(name), is_list=True): frozenset({name})
            for name in shape.given
        },
    )


def load_scope(user: Any, *, method: str = "GET") -> Scope:
    """One query: what the user's groups may do at which site, which families they were given, and whom they cover.

    Deactivated and anonymous people get NOBODY. ``method``: of the HTTP request. One that may write does not see what
    was given for reading alone (READ_ONLY_PURPOSES), so that nothing there can be written, whatever an address forgets.
    """
    known = user and user.is_authenticated and user.is_active
    return _build_scope(user, _load_permissions(user), method) if known else NOBODY


def load_request_scope(request: Any) -> Scope:
    """The same of whoever makes the request: no query where the permissions came with the person (StaffBackend)."""
    user = request.user
    rows = getattr(user, PERMISSION_ROWS, None)
    if rows is None:
        return load_scope(user, method=request.method)
    return _build_scope(
        user, [(name, parse_id(there), role, reason) for name, there, role, reason in rows], request.method
    )


def _build_scope(user: Any, rows: Iterable[Sequence[Any]], method: str) -> Scope:
    """``rows``: of ``_load_permissions``."""
    sites: dict[str, set[UUID]] = defaultdict(set)
    granted: dict[UUID, set[str]] = defaultdict(set)
    reasons: dict[UUID, str] = {}
    roles: set[str] = set()
    own, own_records = {user.pk}, set()
    for name, there, role, reason in rows:
        if role == _COVERED:  # there: a colleague
            own.add(there)
        elif role == _OWN:  # there: a family
            own_records.add(there)
        elif role in READ_ONLY_PURPOSES and method not in SAFE_METHODS:
            continue
        elif role in _PURPOSES:  # there: a family
            granted[there].add(name)
            reasons[there] = reason
        else:  # there: a site
            sites[name].add(there)
            roles.add(role)
    return Scope(
        user_id=user.pk,
        team_id=user.team_id,
        own_ids=frozenset(own),
        own_records=frozenset(own_records),
        sites_by_permission={name: frozenset(ids) for name, ids in sites.items()},
        roles=frozenset(roles),
        reasons=reasons,
        granted={family: frozenset(names) for family, names in granted.items()},
    )


def _load_permissions(user: Any) -> list[tuple]:
    """(permission, site, role, ""), (permission, family, purpose, reason), ("", colleague, _COVERED, "") and
    ("", family, _OWN, "")."""
    statement = _get_permission_statement()
    return statement.run({USER_KEY: user.pk}) if statement else []


@cache_for_the_day
def _get_permission_statement() -> Statement | None:
    """One for everybody: building it costs ten times as much as running it."""
    return compile_statement(_query_permissions(make_placeholder(USER_KEY)))


def annotate_permissions(users: QuerySet, person: UUID) -> QuerySet:
    """Users, of whom only this person is asked for, each with the rows of ``_load_permissions`` as PERMISSION_ROWS."""
    sql, values = _query_permissions(person).query.sql_with_params()
    columns = "name, there, role, reason"
    rows = f"to_jsonb(ARRAY(SELECT json_build_array({columns}) FROM ({sql}) AS permission_row ({columns})))"
    return users.annotate(**{PERMISSION_ROWS: RawSQL(rows, values, output_field=JSONField())})


def _query_permissions(user: UUID) -> QuerySet:
    held = SitePermission.objects.filter(group__user=user).values_list(
        "permission__codename", "content_object_id", "group__roleatsite__role", Value("")
    )
    given = (
        query_granted(user).values_list(
            "permission__codename", "content_object_id", "grant__purpose", "grant__reason"
        )
        for query_granted in list_hooks("grants", "query_granted_permissions")
    )
    covered = (
        query_covered(user).values_list(Value(""), "person_id", Value(_COVERED), Value(""))
        for query_covered in list_hooks("cover", "query_covered_absences")
    )
    own = (
        found.values_list(Value(""), "family_id", Value(_OWN), Value(""))
        for found in collect_from_hooks("own_records", "list_own_record_queries", user)
    )
    return held.union(*given, *covered, *own, all=True)
