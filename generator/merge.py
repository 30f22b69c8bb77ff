"""Three-way merge of plain data: what one side changed is taken, what both changed is a conflict.

`base` is what both sides started from. Groups merge field by field, lists entry by entry. Where both
sides changed one value, ours stays, and so does its base: the conflict comes up again until it is settled.
To settle is to say whose value such a one takes; all others merge as ever.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from generator.problems import Keys

Data = Any
Side = Literal["mine", "strategy"]
IDENTITIES = ("id", "number", "name", "where")
ALIKE = 0.5


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


class Conflict(NamedTuple):
    """A value that both sides changed; `ABSENT` on the side that took it away."""

    keys: Keys
    ours: Data
    theirs: Data


class Merged(NamedTuple):
    """The merged value, the base for the next time, and what could not be merged."""

    value: Data
    base: Data
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Data, ours: Data, theirs: Data, keys: Keys = (), settle: Side | None = None) -> Merged:
    """Merges what `theirs` did to `base` into `ours`. `settle` says whose side a conflict takes; None: it stays one."""
    if theirs in (ours, base):
        return Merged(ours, theirs)
    if base == ours:
        return Merged(theirs, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge_groups(base if isinstance(base, dict) else {}, ours, theirs, keys, settle)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _merge_lists(base if isinstance(base, list) else [], ours, theirs, keys, settle)
    if settle:
        return Merged(ours if settle == "mine" else theirs, theirs)
    return Merged(ours, base, (Conflict(keys, ours, theirs),))


def _merge_groups(
    base: dict[str, Data], ours: dict[str, Data], theirs: dict[str, Data], keys: Keys, settle: Side | None
) -> Merged:
    value: dict[str, Data] = {}
    after: dict[str, Data] = {}
    conflicts: list[Conflict] = []
    for name in _weave(list(ours), [name for name in theirs if name not in ours]
                       + [name for name in base if name not in ours and name not in theirs], list(theirs)):  # fmt: skip
        part = merge(base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT), (*keys, name), settle)
        conflicts += part.conflicts
        if part.value is not ABSENT:
            value[name] = part.value
        if part.base is not ABSENT:
            after[name] = part.base
    return Merged(value, after, tuple(conflicts))


def _weave(names: list[str], more: list[str], order: list[str]) -> list[str]:
    """`names` with `more` among them, each behind the one it follows in `order`."""
    for name in more:
        before = order[: order.index(name)] if name in order else []
        place = max((names.index(other) + 1 for other in before if other in names), default=0 if before else len(names))
        names.insert(place, name)
    return names


def _merge_lists(base: list[Data], ours: list[Data], theirs: list[Data], keys: Keys, settle: Side | None) -> Merged:
    to_ours, to_theirs = pair_entries(base, ours), pair_entries(base, theirs)
    parts: dict[int, Merged] = {}
    conflicts: list[Conflict] = []
    for index, entry in enumerate(base):
        mine = ours[to_ours[index]] if index in to_ours else ABSENT
        new = theirs[to_theirs[index]] if index in to_theirs else ABSENT
        own_keys = (*keys, to_ours.get(index, min(index, max(len(ours) - 1, 0))))
        parts[index] = merge(entry, mine, new, own_keys, settle)
        conflicts += parts[index].conflicts
    from_ours = {other: index for index, other in to_ours.items()}
    from_theirs = {other: index for index, other in to_theirs.items()}
    added = [entry for place, entry in enumerate(ours) if place not in from_ours]
    rows: list[tuple[int | None, Data]] = []  # the entry of the base it comes from, and its value
    for place, entry in enumerate(ours):
        origin = from_ours.get(place)
        rows.append((origin, entry if origin is None else parts[origin].value))
    follow: int | None = None  # where in `rows` the entry before stands
    for position, entry in enumerate(theirs):
        origin = from_theirs.get(position)
        here = next((row for row, (other, _) in enumerate(rows) if origin is not None and other == origin), None)
        if here is not None:
            follow = here
        elif origin is None and entry not in added:
            follow = 0 if follow is None else follow + 1
            rows.insert(follow, (None, entry))
        elif origin is not None and parts[origin].value is not ABSENT:  # we took it away, and they were to be right
            follow = 0 if follow is None else follow + 1
            rows.insert(follow, (origin, parts[origin].value))
    value = [entry for _, entry in rows if entry is not ABSENT]
    after = [parts[from_theirs[at]].base if at in from_theirs else entry for at, entry in enumerate(theirs)]
    # What they took away although we changed it stays in the base, or the conflict would not come up again.
    after += [parts[index].base for index in parts if index not in to_theirs and parts[index].conflicts]
    if not conflicts and _identities(ours) == _identities(base) and not added:
        value = _sort_like(value, theirs)
    return Merged(value, [entry for entry in after if entry is not ABSENT], tuple(conflicts))


def _sort_like(value: list[Data], theirs: list[Data]) -> list[Data]:
    """Groups in the order of the other side, where only that side has one of its own."""
    order = _identities(theirs)
    mine = _identities(value)
    if None in order or set(mine) != set(order):
        return value
    return sorted(value, key=lambda entry: order.index(identity_of(entry)))


def _identities(entries: Sequence[Data]) -> list[Any]:
    return [identity_of(entry) for entry in entries]


def identity_of(entry: Data) -> Any:
    """What makes an entry of a list the same after a change: its id, number or name. None for a plain value."""
    if not isinstance(entry, dict):
        return None
    return next(((name, entry[name]) for name in IDENTITIES if entry.get(name) is not None), None)


def pair_entries(one: Sequence[Data], other: Sequence[Data]) -> dict[int, int]:
    """Which entry of one list has become which of the other."""
    if any(isinstance(entry, dict) for entry in (*one, *other)):
        known = {repr(identity_of(entry)): index for index, entry in enumerate(other)}
        found = {index: known.get(repr(identity_of(entry))) for index, entry in enumerate(one) if identity_of(entry)}
        return {index: place for index, place in found.items() if place is not None}
    pairs: dict[int, int] = {}
    texts = [str(entry) for entry in one], [str(entry) for entry in other]
    for kind, low, high, first, last in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and high - low == last - first):
            pairs.update(zip(range(low, high), range(first, last), strict=True))
        elif kind == "replace":
            pairs.update(_pair_alike(texts[0], texts[1], range(low, high), range(first, last)))
    return pairs


def _pair_alike(one: list[str], other: list[str], here: range, there: range) -> dict[int, int]:
    """The entries of two unequal stretches that are most alike, in order."""
    pairs: dict[int, int] = {}
    begin = there.start
    for index in here:
        scores = {place: SequenceMatcher(None, one[index], other[place]).ratio() for place in range(begin, there.stop)}
        best = max(scores, key=lambda place: scores[place], default=None)
        if best is not None and scores[best] >= ALIKE:
            pairs[index] = best
            begin = best + 1
    return pairs
