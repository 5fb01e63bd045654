"""Rings and lines cut to a box, simplified and rounded."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.vectors import Ring


class Rectangle(NamedTuple):
    """A stretch of the earth in degrees; it may go beyond 180° E, never back."""

    west: float
    south: float
    east: float
    north: float


def fine(points: Ring, tolerance: float, digits: int, ring: bool) -> list[list[float]]:
    """Return points simplified to within ``tolerance`` degrees and rounded; [] where nothing is left of them."""
    if len(points) < (4 if ring else 2):
        return []
    kept = points
    if ring:
        far = int(np.square(points - points[0]).sum(axis=1).argmax())
        halves = [_simplified(half, tolerance) for half in (points[: far + 1], points[far:])]
        kept = np.concatenate([halves[0], halves[1][1:]])
        kept = points if len(kept) < 5 else kept  # a small island is not made a sliver
    else:
        kept = _simplified(points, tolerance)
    rounded = np.round(kept, digits) + 0.0
    moved = np.concatenate([[True], (np.diff(rounded, axis=0) != 0).any(axis=1)])
    result: list[list[float]] = rounded[moved].tolist()
    return result if len(result) >= (4 if ring else 2) else []


def _simplified(points: Ring, tolerance: float) -> Ring:
    """Return a line without the points that lie within ``tolerance`` of it (Douglas and Peucker)."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        start, along = points[first], points[last] - points[first]
        off = points[first + 1 : last] - start
        long = float(along @ along)
        share = np.clip(off @ along / long, 0, 1) if long else np.zeros(len(off))
        apart = np.square(off - share[:, None] * along).sum(axis=1)
        at = int(apart.argmax())
        if apart[at] > tolerance**2:
            middle = first + 1 + at
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return points[keep]


def _sides(box: Rectangle) -> tuple[tuple[int, float, int], ...]:
    """Return the sides of a box: axis, where it is, and on which side of it lies what is within."""
    return ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1))


def _apart(points: Ring, box: Rectangle) -> bool:
    return any(bool((sign * (points[:, axis] - at) < 0).all()) for axis, at, sign in _sides(box))


def clip_ring(ring: Ring, box: Rectangle | None) -> Ring:
    """Return what of a closed ring lies within a box (Sutherland and Hodgman), closed; its edge follows the box's."""
    if box is None or not len(ring):
        return ring
    if _apart(ring, box):
        return ring[:0]
    for axis, at, sign in _sides(box):
        inside = sign * (ring[:, axis] - at) >= 0
        if inside.all():
            continue
        out: list[npt.NDArray[np.float64]] = []
        for n in range(len(ring) - 1):
            if inside[n]:
                out.append(ring[n])
            if inside[n] != inside[n + 1]:
                out.append(_crossing(ring[n], ring[n + 1], axis, at))
        if len(out) < 3:
            return ring[:0]
        ring = np.array([*out, out[0]])
    return ring


def clip_line(line: Ring, box: Rectangle | None) -> list[Ring]:
    """Return the pieces of a line within a box."""
    if box is None:
        return [line]
    if not len(line) or _apart(line, box):
        return []
    pieces = [line]
    for axis, at, sign in _sides(box):
        pieces = [part for piece in pieces for part in _within(piece, axis, at, sign)]
    return pieces


def _within(line: Ring, axis: int, at: float, sign: int) -> list[Ring]:
    inside = sign * (line[:, axis] - at) >= 0
    if inside.all():
        return [line]
    pieces: list[list[npt.NDArray[np.float64]]] = []
    for n in range(len(line)):
        if inside[n]:
            if n == 0 or not inside[n - 1]:
                pieces.append([] if n == 0 else [_crossing(line[n - 1], line[n], axis, at)])
            pieces[-1].append(line[n])
        elif n and inside[n - 1]:
            pieces[-1].append(_crossing(line[n - 1], line[n], axis, at))
    return [np.array(piece) for piece in pieces if len(piece) > 1]


def _crossing(
    here: npt.NDArray[np.float64], there: npt.NDArray[np.float64], axis: int, at: float
) -> npt.NDArray[np.float64]:
    point: npt.NDArray[np.float64] = here + (there - here) * ((at - here[axis]) / (there[axis] - here[axis]))
    point[axis] = at
    return point
