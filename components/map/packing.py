"""Columns of numbers as bytes: small when compressed, and read by the browser without parsing."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

NOWHERE: Final = -(2**31)
"""The degrees, times a scale, of a row that has no point."""

_TYPES: Final = {"u1": "u8", "u2": "u16", "i4": "i32"}


def pack(columns: Mapping[str, npt.NDArray[Any]]) -> tuple[list[dict[str, Any]], bytes]:
    """Return descriptors {name, type, offset} of ``columns`` (uint8, uint16 or int32), and their bytes.

    Each column is written in planes, all lowest bytes first, then all second bytes, …: the high bytes of
    neighbours are alike, so that gzip finds what they share. Read by map/assets/data/packing.js.
    """
    descriptors, planes, offset = [], [], 0
    for name, values in columns.items():
        little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
        kind = _TYPES[little.dtype.str.lstrip("<|")]
        descriptors.append({"name": name, "type": kind, "offset": offset})
        bytes_ = little.view(np.uint8).reshape(len(values), little.dtype.itemsize).T.tobytes()
        planes.append(bytes_)
        offset += len(bytes_)
    return descriptors, b"".join(planes)


def degrees(values: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.int32], int]:
    """Return degrees as whole numbers and what they are to be divided by: 10,000 where that loses nothing.

    A hundred-thousandth of a degree is about a metre, finer than any source here. NaN is NOWHERE.
    """
    fine = np.round(np.nan_to_num(values, nan=0.0) * 100_000).astype(np.int64)
    scale = 10_000 if not np.any(fine % 10) else 100_000
    whole = np.where(np.isnan(values), NOWHERE, fine // (100_000 // scale))
    return whole.astype(np.int32), scale


def coded(values: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """Return codes (0 and up) in the smallest unsigned type that holds them; int32 beyond that."""
    most = int(values.max(initial=0))
    return values.astype(np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.int32)
