"""Sampling a drawing over its sliders, and the explorers of the course."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.errors import UnknownName
from lumbar.explore import explore, names
from lumbar.explore import sampler as sampling
from lumbar.explore.facets import say_facets
from lumbar.explore.guess import say_guess
from lumbar.explore.posture import say_posture
from lumbar.explore.registry import Explorer, explorers, find, steps, stops
from lumbar.explore.sampler import FaultyExplorer, Table, sample
from lumbar.explore.stage import Stage
from lumbar.explore.widget import state, still
from lumbar.figures.people import PEOPLE_QUIET
from lumbar.figures.style import GREEN, SMALL, house, shape, stroke
from lumbar.models.load import compression, kilograms

FOLDER = Path(sampling.__file__).parent


def toy(draw, *sliders, say=lambda **values: "Something. Moves.") -> Explorer:
    sliders = sliders or (steps("a", "A", 0, 3, 1, " kg"), steps("b", "B", 0, 1, 0.5, "%"))
    alt = "A square that moves when its sliders do."
    return Explorer("toy", "A toy", alt, sliders, draw, say, "all else", size=(60, 40))


def square(page, a, b):
    axes = page.anatomy((0, 60), (0, 40))
    inside = shape(axes, [(5, 5), (30 + 5 * a, 5), (30, 30), (5, 30)], "#eeeeee", "#333333")
    stroke(axes, [(0, 0), (20 + 10 * b, 20), (50, 10)], "#aa0000", inside=inside)
    page.note(axes, f"{a:g} and ½", (30, 35))


def every(entry):
    return list(product(*map(range, entry.shape)))


def drawn(entry, setting):
    (root,) = sampling._frames(entry, [setting])
    return sampling._written(root)


# --- Sampling


def test_base_and_changes_give_every_frame_back():
    entry = toy(square)
    found = sample(entry)
    assert [found.frame(at) for at in every(entry)] == [drawn(entry, at) for at in every(entry)]


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_drawing_comes_back_from_its_sample(data):
    lengths = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    sliders = [steps(f"s{i}", f"S{i}", 0, n - 1, 1, "") for i, n in enumerate(lengths)]
    texts, corners, colours = (
        {at: data.draw(values) for at in product(*map(range, lengths))}
        for values in map(st.sampled_from, (["a", "b & <c>", "ü 0.50"], range(10), ["#123456", "#abcdef"]))
    )

    def draw(page, **values):
        at = tuple(int(v) for v in values.values())
        axes = page.anatomy((0, 60), (0, 40))
        shape(axes, [(5, 5), (20 + corners[at], 5), (12, 20)], colours[at])
        page.note(axes, texts[at], (30, 30))

    entry = toy(draw, *sliders)
    found = sample(entry)
    for at in every(entry):
        assert found.frame(at) == drawn(entry, at)
        assert texts[at] in found.frame(at).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(st.data())
def test_a_table_holds_each_value_and_no_slider_too_many(data):
    shape_ = tuple(data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    used = data.draw(st.sets(st.integers(0, len(shape_) - 1)))
    every_setting = list(product(*map(range, shape_)))
    values = {}
    for at in every_setting:
        key = tuple(i for axis, i in enumerate(at) if axis in used)
        values.setdefault(key, data.draw(st.sampled_from(["x", "y", None])))
    listed = [values[tuple(i for axis, i in enumerate(at) if axis in used)] for at in every_setting]
    table = sampling._table(listed, shape_)
    assert [table.at(at, shape_) for at in every_setting] == listed
    assert set(table.axes) <= used
    assert len(table.values) == len(set(listed))


def test_what_hangs_on_one_slider_is_kept_once_for_each_of_its_stops():
    found = sample(toy(square))
    words = next(change for change in found.changes if not change.attribute)
    assert words.table == Table([0], ["0 and ½", "1 and ½", "2 and ½", "3 and ½"], None)


def test_sampling_twice_gives_the_same():
    assert sample(toy(square)).plain() == sample(toy(square)).plain()


def test_the_picture_at_the_start_is_the_base():
    entry = toy(square, steps("a", "A", 0, 3, 1, "", start=2), steps("b", "B", 0, 1, 1, ""))
    assert sample(entry).picture == drawn(entry, (2, 0))


def test_only_ids_that_something_refers_to_are_kept():
    picture = sample(toy(square)).picture
    assert re.findall(r' id="([^"]+)"', picture) == re.findall(r"url\(#([^)]+)\)", picture) == ["lb-id-0"]
    assert "<style" not in picture


def test_words_are_put_together_again():
    entry = toy(square, say=lambda a, b: f"A is {a:g}. " + ("B is more than 0.2! " if b else "") + "That is all.")
    found = sample(entry)
    assert [found.said(at) for at in every(entry)] == [entry.say(**entry.values(at)) for at in every(entry)]


# --- Errors


def test_a_structure_that_changes_names_the_explorer_and_both_settings():
    def draw(page, a, b):
        square(page, a, b)
        if a > 1:
            page.note(page.ink, "too much", (5, 5))

    with pytest.raises(FaultyExplorer, match="'toy': .* at a = 2, b = 0 has other elements than at a = 0, b = 0"):
        sample(toy(draw))


def test_too_many_settings_are_refused_before_any_is_drawn():
    entry = toy(None, steps("a", "A", 0, 99, 1, ""), steps("b", "B", 0, 99, 1, ""))
    with pytest.raises(FaultyExplorer, match="10,000 settings; 2,000 are the most"):
        sample(entry)


def test_too_large_a_sample_names_what_moves_most(monkeypatch):
    monkeypatch.setattr(sampling, "MOST_BYTES", 1000)
    with pytest.raises(FaultyExplorer, match=r"'toy' takes [\d,]+ bytes; 1,000 are the most.* element \d+ \(d\)"):
        sample(toy(square))


@pytest.mark.parametrize(
    ("preset", "problem"),
    [({"c": 1}, "no slider 'c'. Sliders: a, b"), ({"a": 9}, "a has no stop 9. Stops: 0, 1, 2, 3")],
)
def test_a_preset_that_no_slider_can_show_is_named(preset, problem):
    with pytest.raises(ValueError, match=rf"'toy', preset 'Wrong': {problem}"):
        replace(toy(square), presets={"Wrong": preset})


def test_four_sliders_are_refused():
    with pytest.raises(ValueError, match="has 4 sliders. Give it one to three"):
        toy(square, *(steps(key, key, 0, 1, 1, "") for key in "abcd"))


def test_an_unknown_explorer_offers_the_nearest_name():
    with pytest.raises(UnknownName, match="no explorer called 'facet-loads'. Did you mean facet-load"):
        explore("facet-loads")


def test_named_stops_keep_their_order():
    slider = stops("share", "Share", {0.7: "most", 0.0: "none"}, 0.0)
    assert (slider.values, slider.texts, slider.start) == ((0.7, 0.0), ("most", "none"), 1)


# --- The explorers of the course


@pytest.fixture(scope="module", params=sorted(explorers()))
def entry(request):
    return find(request.param)


@pytest.fixture(scope="module")
def found(entry):
    return sample(entry)


def test_all_explorers_are_there():
    assert {"facet-load", "load-and-posture", "who-hurts"} < set(names())
    assert names() == sorted(explorers())


def test_each_stays_small(entry, found):
    size = len(json.dumps(state(entry, found), ensure_ascii=False, separators=(",", ":")).encode())
    assert size < 130_000


def test_front_end_stays_small():
    assert sum((FOLDER / f"explore.{ending}").stat().st_size for ending in ("js", "css")) < 10_000


def test_nothing_written_overlaps_or_leaves_the_picture(entry):
    for at in {entry.start, *map(entry.setting, entry.presets)}:
        with house():
            page = Stage(entry.size)
            entry.ground(page)
            entry.draw(page, **entry.values(at))
            texts = [text for text in page.texts() if text.get_text().strip()]
            boxes = [(text.get_text(), page.box([text])) for text in texts]
        assert min(text.get_fontsize() for text in texts) >= SMALL
        for words, box in boxes:
            inside = box.x0 >= 1 and box.y0 >= 1 and box.x1 <= page.width - 1 and box.y1 <= page.height - 1
            assert inside, f"{words!r} leaves the picture at {entry.values(at)}"
        for (one, a), (other, b) in combinations(boxes, 2):
            assert not a.overlaps(b), f"{one!r} overlaps {other!r} at {entry.values(at)}"


def test_each_is_told_in_words(entry, found):
    assert 40 <= len(entry.alt) <= 400
    assert all(30 < len(found.said(at)) < 500 for at in every(entry))


def test_still_reads_without_widgets(entry, found):
    output = still(entry, found)
    assert entry.alt in output.text and found.said(entry.start) in output.text
    assert 'alt="' in output.html and "What this model leaves out" in output.html


def test_words_about_posture_follow_the_model():
    said = say_posture(30, 20, 40)
    assert f"as if {kilograms(compression(30, 20, 0.4))} kg rested on it, 5.6 times quiet standing" in said
    assert "98 % of what these muscles can do" in said
    assert "With empty hands, how far out" in say_posture(0, 0, 20)


def test_words_about_facets_follow_both_rules():
    said = say_facets(5, 0.16)
    assert "from 52 to 72 kg, by 39 %" in said
    assert "goes from 8 to 12 kg. If their load is constant, it stays at 8 kg." in said
    assert "tension adds nothing" in say_facets(10, 0.0)
    assert "outside the joint itself" in say_facets(0, 0.70)


def test_each_clue_of_the_guessing_game_stands_at_the_gap_that_was_found():
    entry = find("who-hurts")
    gaps = {clue: entry.values(entry.setting(clue))["gap"] for clue in entry.presets}
    assert gaps == {"The hollow of the back": 0.01, "How far they bend": 0.62, "How fast they move": 1.24}
    assert max(b - a for a, b in pairwise(entry.sliders[0].values)) < 0.08


@pytest.mark.parametrize(("gap", "right"), [(0.01, 50), (0.62, 67), (1.24, 81), (1.5, 86)])
def test_as_many_people_are_lit_as_guesses_are_right(gap, right):
    entry = find("who-hurts")
    picture = drawn(entry, (entry.sliders[0].values.index(gap),))
    lit, quiet = (len(re.findall(f"<use [^>]*fill:{colour}", picture, re.I)) for colour in (GREEN, PEOPLE_QUIET))
    assert (lit, quiet) == (right, 100 - right)
    assert f"right person {right} times in 100" in say_guess(gap)


def test_words_about_guessing_compare_with_a_coin():
    assert "The two groups look almost the same. You would pick the right person 50 times" in say_guess(0.01)
    assert say_guess(0.01).endswith(" in 100: a coin does as well.")
    assert say_guess(0.62).startswith("How far they bend: this is the gap that was found.")
    assert "found" not in say_guess(0.65)


def test_the_guessing_game_stays_light():
    entry = find("who-hurts")
    assert len(json.dumps(state(entry, sample(entry)), ensure_ascii=False, separators=(",", ":")).encode()) < 40_000


def test_importing_the_verb_draws_nothing():
    code = "import sys, lumbar.explore; print([m for m in ('matplotlib', 'ipywidgets') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
