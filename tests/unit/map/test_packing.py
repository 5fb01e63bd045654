import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.map.packing import NOWHERE, coded, degrees, pack

SIZES = {"u8": (1, "B", np.uint8), "u16": (2, "H", np.uint16), "i32": (4, "i", np.int32)}
BOUNDS = {"u8": (0, 2**8 - 1), "u16": (0, 2**16 - 1), "i32": (-(2**31), 2**31 - 1)}


def unpack(packed: bytes, kind: str, offset: int, length: int) -> list[int]:
    """Read a column as the browser does: all lowest bytes first, then all second bytes, …"""
    size, code, _ = SIZES[kind]
    planes = [packed[offset + plane * length :][:length] for plane in range(size)]
    return [struct.unpack(f"<{code}", bytes(row))[0] for row in zip(*planes, strict=True)]


@given(st.integers(0, 20), st.data())
def test_columns_come_out_as_they_went_in(length: int, data) -> None:
    kinds = data.draw(st.lists(st.sampled_from(list(SIZES)), max_size=5))
    columns = {
        f"{number} {kind}": data.draw(st.lists(st.integers(*BOUNDS[kind]), min_size=length, max_size=length))
        for number, kind in enumerate(kinds)
    }
    descriptors, packed = pack(
        {name: np.array(values, dtype=SIZES[name.split()[1]][2]) for name, values in columns.items()}
    )
    assert [column["name"] for column in descriptors] == list(columns)
    assert [column["type"] for column in descriptors] == kinds
    for column in descriptors:
        assert unpack(packed, column["type"], column["offset"], length) == columns[column["name"]]
    assert len(packed) == length * sum(SIZES[kind][0] for kind in kinds)


def test_columns_are_packed_the_same_from_any_layout_in_memory() -> None:
    values = np.arange(10, dtype=np.int32)
    assert pack({"a": values[::2]}) == pack({"a": values[::2].copy()}) == pack({"a": values[::2].astype(">i4")})


@given(st.lists(st.floats(-180, 180) | st.just(float("nan"))))
def test_degrees_are_right_to_a_metre_and_nowhere_stays_nowhere(values) -> None:
    whole, scale = degrees(np.array(values, dtype=float))
    assert whole.dtype == np.int32
    for number, value in zip(whole.tolist(), values, strict=True):
        if np.isnan(value):
            assert number == NOWHERE
        else:
            assert number / scale == pytest.approx(value, abs=0.6e-5)


@pytest.mark.parametrize(
    ("values", "scale"),
    [([], 10_000), ([33.5058, 38.6178], 10_000), ([33.5058, 33.50581], 100_000), ([-180.0, 180.0], 10_000)],
)
def test_degrees_are_as_coarse_as_they_may_be(values: list[float], scale: int) -> None:
    whole, found = degrees(np.array(values, dtype=float))
    assert found == scale
    assert (whole / scale).tolist() == values


@pytest.mark.parametrize(
    ("most", "dtype"), [(0, np.uint8), (255, np.uint8), (256, np.uint16), (65_535, np.uint16), (65_536, np.int32)]
)
def test_codes_are_in_the_smallest_type_that_holds_them(most: int, dtype) -> None:
    values = np.array([0, most], dtype=np.intp)
    assert coded(values).dtype == dtype
    assert coded(values).tolist() == [0, most]


def test_no_codes_at_all_are_no_bytes() -> None:
    assert pack({"a": coded(np.array([], dtype=np.intp))})[1] == b""
