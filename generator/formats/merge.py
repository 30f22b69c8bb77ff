"""Three-way merge of plain data: what one side changed is taken, what both changed is a conflict.

`base` is what both sides started from. Groups merge field by field, lists entry by entry. Where both sides changed
one value, ours stays, and so does its base: the conflict comes up again until somebody says whose value to take. A
list of plain texts with a conflict stays as a whole, since its entries can be recognised by their words alone.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from generator.diagnostics.diagnostic import Keys

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
    """Merges what `theirs` did to `base` into `ours`. `settle`: whose value a conflict takes."""
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
    for name in _weave(ours, list(theirs)):
        part = merge(base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT), (*keys, name), settle)
        conflicts += part.conflicts
        if part.value is not ABSENT:
            value[name] = part.value
        if part.base is not ABSENT:
            after[name] = part.base
    return Merged(value, after, tuple(conflicts))


def _weave(ours: Iterable[str], theirs: list[str]) -> list[str]:
    """Our names, and among them those that only the others have: each behind the one it follows there."""
    names = list(ours)
    for index, name in enumerate(theirs):
        if name not in names:
            places = [names.index(other) + 1 for other in theirs[:index]]
            names.insert(max(places, default=len(names)), name)
    return names


class _Row(NamedTuple):
    """An entry of a list, merged, and which entry of the base it comes from; None for a new one."""

    origin: int | None
    value: Data


def _merge_lists(base: list[Data], ours: list[Data], theirs: list[Data], keys: Keys, settle: Side | None) -> Merged:
    to_ours, to_theirs = pair_entries(base, ours), pair_entries(base, theirs)
    fresh_ours = [entry for place, entry in enumerate(ours) if place not in to_ours.values()]
    fresh_theirs = [entry for place, entry in enumerate(theirs) if place not in to_theirs.values()]
    parts: list[Merged] = []
    for index, entry in enumerate(base):
        mine = ours[to_ours[index]] if index in to_ours else ABSENT
        new = theirs[to_theirs[index]] if index in to_theirs else ABSENT
        # Both sides may have changed an entry to the same value, though only one side shows what it was before.
        if new is ABSENT and mine in fresh_theirs:
            new = mine
        elif mine is ABSENT and new in fresh_ours:
            mine = new
        place = to_ours.get(index, min(index, max(len(ours) - 1, 0)))
        parts.append(merge(entry, mine, new, (*keys, place), settle))
    conflicts = tuple(conflict for part in parts for conflict in part.conflicts)
    if conflicts and any(identity_of(entry) is None for entry in (*base, *ours, *theirs)):
        return Merged(ours, base, conflicts)
    new_rows = _merge_rows(theirs, to_theirs, parts)
    rows = _weave_rows(_merge_rows(ours, to_ours, parts), new_rows, ours)
    value = [row.value for row in rows if row.value is not ABSENT]
    if not conflicts and _identities(ours) == _identities(base) and not fresh_ours:
        value = _sort_like(value, theirs)
    after = [row.value if row.origin is None else parts[row.origin].base for row in new_rows]
    # What they removed and we changed stays in the base, or the conflict would not come up again.
    after += [part.base for index, part in enumerate(parts) if index not in to_theirs and part.conflicts]
    return Merged(value, [entry for entry in after if entry is not ABSENT], conflicts)


def _merge_rows(entries: list[Data], pairs: dict[int, int], parts: list[Merged]) -> list[_Row]:
    """The entries of one side, with the merged value of each that comes from the base."""
    merged = {place: _Row(index, parts[index].value) for index, place in pairs.items()}
    return [merged.get(place, _Row(None, entry)) for place, entry in enumerate(entries)]


def _weave_rows(rows: list[_Row], new_rows: list[_Row], ours: list[Data]) -> list[_Row]:
    """Our rows, and among them what only the others have: each behind the one it follows there."""
    place = -1
    for row in new_rows:
        here = next((at for at, (origin, _) in enumerate(rows) if origin is not None and origin == row.origin), None)
        if here is not None:
            place = here
        elif row.value not in (ABSENT, *ours):  # absent is what we removed, unless their side wins conflicts
            place += 1
            rows.insert(place, row)
    return rows


def _sort_like(value: list[Data], theirs: list[Data]) -> list[Data]:
    """Groups in the order of the other side, if only that side changed the order."""
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
    if any(identity_of(entry) for entry in (*one, *other)):
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
