"""Letters for forces: two each, no two alike."""

from components.map.letters import letters


def test_no_two_forces_of_the_curated_data_have_the_same_letters(curated) -> None:
    found = letters(curated.forces["name"])
    assert len(set(found)) == len(found)
    assert found[:4] == ["US", "SG", "SD", "IS"]


def test_a_name_without_letters_left_has_its_own_first_two() -> None:
    assert letters(["A", "A", "", "العراق"]) == ["A", "A", "", "ال"]
