"""Every plate: type that can be read and touches nothing, words for those who cannot see, the same bytes each time."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from matplotlib.colors import to_rgb
from matplotlib.transforms import Bbox

import lumbar
from lumbar import figures
from lumbar.course import LESSONS
from lumbar.errors import UnknownName
from lumbar.figures import style
from lumbar.figures.bones import foramen
from lumbar.figures.bones import lumbar as lumbar_spine
from lumbar.figures.joints import SAID

PHONE = 360  # px
PX = 25.4 / 72  # mm
BANK = Path(lumbar.__file__).parent / "quiz" / "bank"
PLATES = figures.names()
EXPECTED = """
    alignment back-muscles chain-to-joints co-contraction core-cylinder course-map disc-cross-section
    disc-pressure-postures facet-arthritis-by-age facet-bending facet-blocks facet-joint facet-load-share
    facet-two-assumptions get-help-now load-model-check lumbar-spine manipulation motion-segment muscle-line-of-pull
    muscle-pull nerve-exit posture-and-pain serious-causes the-chain trunk-cross-section verdict-scale
    vertebra-from-above
    reflex-arc gamma-loop disc-stages root-pressed sciatica-map side-lying back-lying exercise-back exercise-belly
    exercise-stretch exercise-walk bed-rest-muscles chain-graded chain-to-label other-causes relapse-in-100
    prevention-trials bed-rest-trials imaging-by-age
""".split()


@pytest.fixture(scope="module")
def pages():
    drawn = {}

    def page(name):
        if name not in drawn:
            drawn[name] = figures.plate(name).page()
        return drawn[name]

    return page


@pytest.fixture
def page(request, pages):
    return pages(request.param)


def boxes(page) -> list[tuple[str, Bbox]]:
    """Each line of type with its box in mm on the page."""
    return [(text.get_text(), page.box([text])) for text in page.texts()]


def overlap(a: Bbox, b: Bbox, slack: float = 0.15) -> bool:
    """Whether two boxes share more than a hair of `slack` mm."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack


def side(a, b, c) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(first, second) -> bool:
    """Whether two segments cross in their insides; meeting at an end does not count."""
    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) < -1e-9 and side(c, d, a) * side(c, d, b) < -1e-9


def contrast(colour: str) -> float:
    """The WCAG contrast of a colour on white paper."""
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in to_rgb(colour))
    return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)


def test_the_plates_of_the_course_are_there():
    assert set(EXPECTED) <= set(PLATES)
    assert len(PLATES) >= 45


@pytest.mark.parametrize("page", PLATES, indirect=True)
class TestType:
    def test_no_two_labels_overlap(self, page):
        assert [(a, b) for (a, p), (b, q) in combinations(boxes(page), 2) if overlap(p, q)] == []

    def test_no_label_leaves_the_picture(self, page):
        inside = Bbox.from_extents(0.8, 0.8, page.width - 0.8, page.height - 0.8)
        assert [t for t, b in boxes(page) if not (inside.contains(b.x0, b.y0) and inside.contains(b.x1, b.y1))] == []

    def test_type_is_big_enough_on_a_telephone(self, page):
        scale = PHONE / (page.width / PX)
        assert [t.get_text() for t in page.texts() if t.get_fontsize() * scale < 8] == []

    def test_type_can_be_read_on_paper(self, page):
        pale = [t.get_text() for t in page.texts() if t.get_color() != style.PAPER and contrast(t.get_color()) < 4.5]
        assert pale == []

    def test_leaders_do_not_cross(self, page):
        segments = [[*pairwise(points)] for points in page.leaders]
        assert [(a[0], b[0]) for a, b in combinations(segments, 2) if any(cross(s, t) for s in a for t in b)] == []

    def test_no_leader_runs_over_type(self, page):
        found = []
        for text, box in boxes(page):
            edges = [*pairwise([(box.x0, box.y0), (box.x1, box.y1)]), *pairwise([(box.x0, box.y1), (box.x1, box.y0)])]
            found += [text for points in page.leaders for s in pairwise(points) if any(cross(s, e) for e in edges)]
        assert found == []


@pytest.mark.parametrize("name", PLATES)
class TestEachPlate:
    def test_says_in_words_what_it_shows(self, name):
        plate = figures.plate(name)
        assert 40 <= len(plate.alt) <= 400
        assert plate.title and plate.legend and plate.use

    def test_serves_claims_that_the_course_has(self, name):
        assert set(figures.plate(name).claims) <= {claim for lesson in LESSONS for claim in lesson.claims}

    def test_is_the_same_bytes_each_time(self, name):
        assert figures.svg(name) == style.svg.__wrapped__(figures.plate(name))

    def test_is_well_formed_and_small(self, name):
        text = figures.svg(name)
        ElementTree.fromstring(text)
        assert len(text) < 100_000

    def test_has_each_part_once(self, name):
        ids = style.parts(figures.svg(name))
        assert len(ids) == len(set(ids))

    def test_is_blank_without_type(self, name):
        blank = figures.blank(name)
        assert "<text" not in blank
        assert set(figures.parts(name)) <= set(style.parts(figures.svg(name)))

    def test_is_shown_with_its_alt_text(self, name):
        output = figures.figure(name)
        assert 'alt="' in output.html and figures.plate(name).alt in output.text


class TestAnatomy:
    """The spine that the plates share, held against textbook means."""

    bones = lumbar_spine()
    neighbours = list(pairwise(bones))

    def test_five_vertebrae_on_the_sacrum_in_an_ordinary_lordosis(self):
        assert [bone.name for bone in self.bones] == ["L1", "L2", "L3", "L4", "L5", "S1"]
        assert 40 <= tilt(self.bones[-1]) - tilt(self.bones[0]) <= 60

    @pytest.mark.parametrize(("upper", "lower"), neighbours, ids=lambda bone: bone.name)
    def test_discs_are_taller_in_front(self, upper, lower):
        front, back = (np.linalg.norm(upper.lower_plate(t) - lower.upper_plate(t)) for t in (0, 1))
        assert 8 <= (front + back) / 2 <= 14 and front > back

    @pytest.mark.parametrize(("upper", "lower"), neighbours, ids=lambda bone: bone.name)
    def test_the_superior_process_stands_in_front_of_the_inferior_one(self, upper, lower):
        gap = upper.lower_facet()[:, 0] - lower.upper_facet()[:, 0]
        assert all(gap > 0) and all(gap < 4)

    @pytest.mark.parametrize(("upper", "lower"), neighbours[:-1], ids=lambda bone: bone.name)
    def test_the_foramen_has_an_ordinary_height(self, upper, lower):
        assert 15 <= np.linalg.norm(upper.local((4, -2.2)) - lower.local((4, 9.2))) <= 24

    @pytest.mark.parametrize(("upper", "lower"), neighbours, ids=lambda bone: bone.name)
    def test_the_root_leaves_above_the_disc(self, upper, lower):
        own = upper.pose.back(foramen(upper, lower))
        assert own[1] > upper.pose.back(upper.lower_plate(1))[1] + 3

    def test_a_broken_arch_parts_at_the_pars(self):
        fore, rear = self.bones[2].cracked_arch()
        above, below = self.bones[2].upper_facet(), self.bones[2].lower_facet()
        assert min(np.linalg.norm(fore - above[1], axis=1)) < 1 and min(np.linalg.norm(rear - below[1], axis=1)) < 1
        assert min(np.linalg.norm(rear - above[1], axis=1)) > 5 and min(np.linalg.norm(fore - below[1], axis=1)) > 5

    def test_what_is_said_to_be_out_of_place_keeps_its_faces_together(self):
        shift, turn = SAID
        assert np.hypot(*shift) <= 1.5 and abs(turn) <= 3


def tilt(bone) -> float:
    """How far a bone's upper endplate slopes forwards, in degrees."""
    x, y = bone.upper_plate(1) - bone.upper_plate(0)
    return float(np.degrees(np.arctan2(y, x)))


def label_items():
    for path in sorted(BANK.glob("*.yaml")):
        for item in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("items", []):
            if item.get("kind") == "label":
                yield pytest.param(item, id=f"{path.stem}:{item['id']}")


@pytest.mark.parametrize("item", list(label_items()))
def test_a_label_question_asks_for_parts_that_the_plate_has(item):
    assert {part["part"] for part in item["parts"]} <= set(figures.parts(item["plate"]))


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UnknownName, match="facet-joint"):
        figures.figure("facet-joints")


def test_export_writes_each_plate_and_a_gallery(tmp_path):
    written = figures.export(tmp_path / "figures")
    assert {path.stem for path in written} == {*PLATES, "README"}
    gallery = (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}.svg)" in gallery and figures.plate(name).alt in gallery for name in PLATES)


def test_the_committed_figures_are_what_the_code_draws():
    folder = Path(lumbar.__file__).parents[2] / "figures"
    if not folder.exists():
        pytest.skip("no checkout")
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}
    stale = [name for name in PLATES if kept.get(name) != figures.svg(name)]
    assert stale == [], "run `lumbar figures`"
