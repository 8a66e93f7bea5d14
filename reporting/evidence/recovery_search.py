"""The search for another set of counts: one count is moved by one, and others until every sum holds again.

Counts and sums are numbered. A move is a number too: 2 x count down by one, 2 x count + 1 up by one, so that
`move ^ 1` takes it back. A sum whose parts no longer make its total has an excess: parts minus total.

A count in one or two sums is a link: moving it carries an excess of one from sum to sum, or (in one sum alone) out
of the tables. As in a flow network, an excess is carried along a shortest path of links to one that cancels it,
and a later path may take back what an earlier one moved. A count in three sums or more (a total that several
tables share) is a branch: it closes some excesses and opens others. Which branches to move is tried depth first,
few before many.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# {state: (state before, the move between)} in the order reached, from the state where it began (no move led there).
# A state is 2 x sum, + 1 where the excess to be carried away is more than 0.
Exploration = dict[int, tuple[int, int]]
NO_MOVE = -1


@dataclass(frozen=True)
class SearchEffort:
    """How many branches an example may move, one attempt for each of `limits`; how many are tried in an attempt."""

    limits: Sequence[int]
    tries: int


FEW_BRANCHES = SearchEffort(range(5), 300)
MANY_BRANCHES = SearchEffort(range(1, 16, 2), 4_000)


def encode_move(number: int, step: int) -> int:
    """The move of this count by `step` (1 or -1)."""
    return 2 * number + (step > 0)


def sum_net_changes(moves: Iterable[int]) -> dict[int, int]:
    """{count: how much it has moved in the end}, of those that have."""
    changes: Counter[int] = Counter()
    for move in moves:
        changes[move // 2] += 1 if move % 2 else -1
    return {number: change for number, change in changes.items() if change}


def _encode_state(at: int, excess: int) -> int:
    return 2 * at + (excess > 0)


class Network:
    """Which counts are links between which sums, and which are branches: every count, when `with_links` is False.

    `lines` are the sums: {number of a count: what one more of it adds to parts minus total}.
    """

    def __init__(self, size: int, lines: Sequence[Mapping[int, int]], *, with_links: bool = True) -> None:
        self.out = 2 * len(lines)  # the state of an excess that has left the tables
        # By move: the sums it changes, and what it adds to the excess of each.
        self.effects: list[list[tuple[int, int]]] = [[] for _ in range(2 * size)]
        for at, line in enumerate(lines):
            for number, weight in line.items():
                self.effects[encode_move(number, 1)].append((at, weight))
                self.effects[encode_move(number, -1)].append((at, -weight))
        # By state: the links that take its excess away, as (move, state it leads to), and the branches that do.
        self.links: list[list[tuple[int, int]]] = [[] for _ in range(self.out)]
        self.branches: list[list[int]] = [[] for _ in range(self.out)]
        for at, line in enumerate(lines):
            for number in line:
                self._add_move(at, encode_move(number, 1), with_links)
                self._add_move(at, encode_move(number, -1), with_links)

    def _add_move(self, at: int, move: int, with_links: bool) -> None:
        effects = dict(self.effects[move])
        takes_away = _encode_state(at, -effects.pop(at))
        if with_links and self._is_link(move):
            leads_to = next((_encode_state(*other) for other in effects.items()), self.out)
            self.links[takes_away].append((move, leads_to))
        else:
            self.branches[takes_away].append(move)

    def _is_link(self, move: int) -> bool:
        effects = self.effects[move]
        return len(effects) <= 2 and all(abs(change) == 1 for _, change in effects)


class Search:
    """One search. `room` is how often each move can be made before its count leaves its bounds."""

    def __init__(self, network: Network, room: Sequence[int]) -> None:
        self.network = network
        self.room = list(room)
        self.excess: dict[int, int] = {}
        self.moves: list[int] = []
        self.branched: set[int] = set()  # each is moved once
        self.tries_left, self.stopped_early = 0, False

    def begin_with(self, move: int, effort: SearchEffort) -> list[int] | None:
        """This move and others that leave every sum as it was; None if none are found."""
        if not self._make([move]):
            return None
        self.room[move] = self.room[move ^ 1] = 0  # its count stays moved
        for branches in effort.limits:
            self.tries_left, self.stopped_early = effort.tries, False
            if self._settle(branches):
                return self.moves
            if not self.stopped_early:
                return None
        return None

    def _settle(self, branches: int) -> bool:
        """Whether every sum can be made to hold by so many branches at most; if not, nothing has moved."""
        begun = len(self.moves)
        stuck = self._cancel_excesses(first_only=not branches)
        if not stuck or self._try_branches(stuck, branches):
            return True
        self._undo(begun)
        return False

    def _try_branches(self, stuck: Iterable[Exploration], branches: int) -> bool:
        """Try the branches that can take one of the excesses: the one that has the fewest."""
        entries, came = min(
            ((self._find_entries(each), each) for each in stuck), key=lambda found: len(found[0])
        )
        if not branches:
            self.stopped_early |= bool(entries)
            return False
        for move in sorted(entries, key=self._compute_disturbance):
            self.tries_left -= 1
            if self.tries_left < 0:
                self.stopped_early = True
                return False
            if self._try(_trace_path(came, entries[move]), move, branches - 1):
                return True
        return False

    def _try(self, path: Sequence[int], move: int, branches: int) -> bool:
        """Follow the path, move the branch at its end, and settle the rest without it."""
        begun = len(self.moves)
        if self._make([*path, move]):
            self.branched.add(move // 2)
            if self._settle(branches):
                return True
            self.branched.remove(move // 2)
        self._undo(begun)
        return False

    def _cancel_excesses(self, *, first_only: bool) -> list[Exploration]:
        """Cancel each excess that a path of links can; how far the others come (or the first of them alone)."""
        stuck = []
        for at in sorted(self.excess, key=lambda each: len(self.network.links[2 * each])):
            while at in self.excess:
                exploration = self._explore(_encode_state(at, self.excess[at]))
                end = next(reversed(exploration))
                if not (self._is_end(end) and self._make(_trace_path(exploration, end))):
                    stuck.append(exploration)
                    break
            if stuck and first_only:
                break
        return stuck

    def _explore(self, start: int) -> Exploration:
        """Breadth first along the links, until a state is reached where the excess is cancelled."""
        links, room = self.network.links, self.room
        ends = {_encode_state(at, -excess) for at, excess in self.excess.items()} | {self.network.out}
        came: Exploration = {start: (start, NO_MOVE)}
        waiting = [start]
        for state in waiting:
            for move, reached in links[state]:
                if room[move] and reached not in came:
                    came[reached] = state, move
                    if reached in ends:
                        return came
                    waiting.append(reached)
        return came

    def _is_end(self, state: int) -> bool:
        excess = self.excess.get(state // 2, 0)
        return state == self.network.out or (excess != 0 and _encode_state(0, -excess) == state % 2)

    def _find_entries(self, exploration: Exploration) -> dict[int, int]:
        """{move of a branch that can take the excess: the state it is made from}, the nearest first."""
        entries: dict[int, int] = {}
        for state in exploration:
            for move in self.network.branches[state]:
                if self.room[move] and move // 2 not in self.branched:
                    entries.setdefault(move, state)
        return entries

    def _compute_disturbance(self, move: int) -> int:
        excess = self.excess
        return sum(
            abs(excess.get(at, 0) + change) - abs(excess.get(at, 0))
            for at, change in self.network.effects[move]
        )

    def _make(self, moves: Iterable[int]) -> bool:
        """Make these moves; False, with nothing moved, when one has no room left (a path that met itself)."""
        begun = len(self.moves)
        for move in moves:
            if not self.room[move]:
                self._undo(begun)
                return False
            self._move(move)
            self.moves.append(move)
        return True

    def _undo(self, begun: int) -> None:
        while len(self.moves) > begun:
            self._move(self.moves.pop() ^ 1)

    def _move(self, move: int) -> None:
        self.room[move] -= 1
        self.room[move ^ 1] += 1
        for at, change in self.network.effects[move]:
            left = self.excess.pop(at, 0) + change
            if left:
                self.excess[at] = left


def _trace_path(exploration: Exploration, end: int) -> list[int]:
    """The moves from where the exploration began to this state."""
    moves = []
    state, move = exploration[end]
    while move != NO_MOVE:
        moves.append(move)
        state, move = exploration[state]
    return moves[::-1]
