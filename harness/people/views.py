"""Views of bytes: as they are, and with what may be spelled in countless ways undone, layer by layer."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from harness.people.escapes import BLANK, ESCAPES, GAP, HOLDERS, Holder, Undo, is_text
from harness.people.packed import WINDOW, Tally, inflated, unpacked

_DEEPEST = 12
"""Layers, one within the other, after which nothing more is undone."""
_BESIDE = 2
"""Escapes of different kinds, none within the other, that are undone together."""
_HEAD = 32
"""Bytes of something packed in which its own spelling shows, if it has one."""
_LITTLE = 8 << 20
"""Bytes of all views of a document up to which they are kept for the next search."""


@dataclass(frozen=True, slots=True)
class View:
    """Bytes with something undone.

    They come in stretches, in turn as they stand in the view above, and undone (or a gap).

    Attributes:
        data: The bytes.
        above: The view in which something was undone; nothing for bytes as they were given.
        undone: What was undone so far.
        positions: Where each stretch begins.
        sources: Where each stretch lies in the view above.
        partial: Whether the view above is searched too, and shows what this one has in common with it.
        text: Whether there may be escapes in it.
        order: Which of the escapes was undone last, in their order; those after it may be undone beside it.
        beside: How many were undone one beside the other.
    """

    data: bytes
    above: View | None = None
    undone: tuple[str, ...] = ()
    positions: Sequence[int] = ()
    sources: Sequence[int] = ()
    partial: bool = False
    text: bool = True
    order: int = -1
    beside: int = 0

    def source(self, position: int) -> int:
        """Where the byte at ``position`` lies in the bytes as they were given."""
        if self.above is None:
            return position
        stretch = bisect_right(self.positions, position) - 1
        return self.above.source(self.sources[stretch] + position - self.positions[stretch])

    def is_copy(self, start: int, end: int) -> bool:
        """Whether the view above shows the same bytes, so that what is found in them is found there."""
        if not self.partial:
            return False
        after = bisect_right(self.positions, start)
        return after % 2 == 1 and (after == len(self.positions) or end <= self.positions[after])

    def without(self, number: int, margin: int) -> View | None:
        """What lies within ``margin`` bytes of escapes that are undone here, or nothing where there are none.

        Escapes that the view above shows too were or will be undone there: here they are only beside those that come
        before them in the order, and not of too many kinds.
        """
        undo = ESCAPES[number]
        spans: Iterable[tuple[int, int]] = undo.spans(self.data)
        beside = 1
        if self.partial:
            spans = list(spans)
            new = [span for span in spans if not self.is_copy(*span)]
            if number <= self.order or self.beside >= _BESIDE:
                spans = new
            beside = 1 if new else self.beside + 1
        below = self._with(undo, spans, margin)
        return below and replace(below, partial=True, order=number, beside=beside)

    def filled(self) -> View:
        """The same with long stretches of nothing cut short."""
        below = self._with(BLANK, BLANK.spans(self.data), len(self.data))
        return replace(below, undone=self.undone) if below is not None else self

    def _with(self, undo: Undo, spans: Iterable[tuple[int, int]], margin: int) -> View | None:
        data, original = self.data, undo.original
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = done = 0
        for start, end in spans:
            if start - done > 2 * margin or (not parts and start > margin):
                if parts:
                    parts += data[done : done + margin], GAP
                    positions += length, length + margin
                    sources += done, done + margin
                    length += margin + len(GAP)
                done = start - margin
            plain = original(data[start:end])
            parts += data[done:start], plain
            replaced = length + start - done
            positions += length, replaced
            sources += done, start
            length = replaced + len(plain)
            done = end
        if not parts:
            return None
        parts.append(data[done : done + margin])
        positions.append(length)
        sources.append(done)
        return View(b"".join(parts), self, (*self.undone, undo.name), positions, sources)

    def held(self, holder: Holder) -> Iterator[View]:
        """What digits hold here and did not hold in the view above: text, and what is none."""
        kinds: dict[bool, list[tuple[int, bytes]]] = {True: [], False: []}
        for start, end in holder.spans(self.data):
            if not self.is_copy(start, end):
                for part in holder.contents(self.data[start:end]):
                    kinds[is_text(part)].append((start, part))
        yield from self._apart(holder.name, kinds[True])
        yield from (replace(one, text=False) for one in self._apart(holder.name, kinds[False]))

    def unpacked(self, tally: Tally) -> Iterator[View]:
        """What is packed here, also without any sign of it from the first byte of something on."""
        # Where escapes were undone that are none, it is no wonder that something does not open.
        own = replace(tally, unopened=Counter()) if self.partial else tally
        for view in self._apart("unpacked", self._packed(own)):
            tally.left = own.left
            yield view

    def _packed(self, tally: Tally) -> Iterator[tuple[int, bytes]]:
        yield from unpacked(self.data, tally, lambda start: not self.is_copy(start, start + _HEAD))
        for start, end in self._beginnings():
            if plain := inflated(self.data[start:end]):
                yield start, plain

    def _beginnings(self) -> Iterator[tuple[int, int]]:
        """Where something begins, and ends."""
        if not self.undone:
            yield 0, len(self.data)
        elif not self.partial:
            ends = (*(position - len(GAP) for position in self.positions[2::2]), len(self.data) - len(GAP))
            yield from zip(self.positions[1::2], ends, strict=True)

    def _apart(self, name: str, found: Iterable[tuple[int, bytes]]) -> Iterator[View]:
        """Bytes found at some positions, without what stands beside them, in views of bounded length."""
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = 0
        for start, part in found:
            # The stretch that stands as in the view above is empty.
            positions += length, length
            sources += start, start
            parts += part, GAP
            length += len(part) + len(GAP)
            if length >= WINDOW:
                yield View(b"".join(parts), self, (*self.undone, name), positions, sources)
                parts, positions, sources, length = [], [], [], 0
        if parts:
            yield View(b"".join(parts), self, (*self.undone, name), positions, sources)


class Document:
    """Bytes, and every view of them with something undone, each after the view that it was made from.

    The views of a small one are kept; iteration makes those of another one again.
    """

    def __init__(self, data: bytes, margin: int) -> None:
        self._root = View(data)
        self._margin = margin
        self._kept: list[View] | None = None
        self._tally: Tally | None = None

    def __iter__(self) -> Iterator[View]:
        if self._kept is not None:
            yield from self._kept
            return
        tally, kept, length = Tally.of(self._root.data), [], 0
        for view in _views(self._root, self._margin, tally):
            yield view
            length += len(view.data)
            if length <= _LITTLE:
                kept.append(view)
            else:
                kept = []
        self._tally = tally
        if length <= _LITTLE:
            self._kept = kept

    @property
    def unopened(self) -> Counter[str]:
        """What no view shows, or not to its end, and how often."""
        if self._tally is None:
            for _ in self:
                pass
            assert self._tally is not None  # the last thing that making the views does
        return self._tally.unopened


# One thing is searched for several people, one after the other.
document = lru_cache(maxsize=32)(Document)


def _views(view: View, margin: int, tally: Tally) -> Iterator[View]:
    """A view, and all that are made of it."""
    shown = view if view.partial else view.filled()
    yield shown
    if len(view.undone) >= _DEEPEST:
        tally.unopened[f"something in more than {_DEEPEST} layers"] = 1
        return
    for below in _below(view, shown, margin, tally):
        yield from _views(below, margin, tally)


def _below(whole: View, shown: View, margin: int, tally: Tally) -> Iterator[View]:
    # What stands at a position of a file is looked for where nothing was cut short.
    yield from whole.unpacked(tally)
    if not whole.text:
        return
    for holder in HOLDERS:
        yield from shown.held(holder)
    for number in range(len(ESCAPES)):
        if (escaped := shown.without(number, margin)) is not None:
            yield escaped
