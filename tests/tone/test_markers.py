import pytest

from workbench.errors import WorkbenchError
from workbench.tone import TONES, find_markers, load_markers
from workbench.tone.markers import read_markers
from workbench.tone.score import REASONS


def test_every_dimension_has_markers_with_names_of_their_own():
    markers = load_markers()
    assert {marker.dimension for marker in markers} == set(TONES)
    names = [(marker.dimension, marker.id) for marker in markers]
    assert len(names) == len(set(names))


def test_reasons_are_known_and_only_urgency_has_them():
    for marker in load_markers():
        assert (marker.reason in REASONS) == (marker.dimension == "urgency")
        assert marker.tone or marker.reason


def test_no_marker_is_left_with_an_unfilled_word():
    assert not [marker.id for marker in load_markers() if "{child" in marker.pattern]
    assert not [marker.id for marker in load_markers() if "{platform" in marker.pattern]


def test_found_markers_name_what_fired_and_at_whom():
    found = find_markers(["Instagram is useless. Please can you remove this."])
    targets = dict(zip(found["marker"], found["target"], strict=True))
    assert targets["platform-useless"] == "platform"
    assert targets["you-remove"] == "helpline"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('pattern = "("', "cannot be read"),
        ('pattern = "(a|b)"', "instead of"),
        ('pattern = "a"\ncolour = "red"', "unknown key 'colour'"),
    ],
)
def test_a_faulty_marker_is_named(line, said):
    content = f'dimension = "concern"\n[[markers]]\nid = "odd"\n{line}\n'
    with pytest.raises(WorkbenchError, match=said) as error:
        read_markers(content, {}, file="concern.toml")
    assert "concern.toml, marker 'odd'" in str(error.value)
