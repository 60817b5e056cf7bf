"""The explorers by name: a drawing, its sliders and what it says at each setting.

    @explorer("seesaw", title="…", alt="…", sliders=(steps("lean", "Lean", 0, 30, 5, "°"),), say=words, leaves_out="…")
    def seesaw(page: Page, lean: float) -> None: ...
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lumbar.catalogue import learn
from lumbar.errors import unknown

SUBJECTS = (
    "ages", "bedrest", "credence", "creep", "facets", "findings", "fusion", "guess", "habit", "options", "pairs",
    "positions", "posture", "recovery", "reflex", "risk",
)
"""The modules of this package that define explorers."""


@dataclass(frozen=True)
class Slider:
    """One slider: the settings it stops at, how each is spoken, and where it stands at first.

    `play` gives it a play button: for a slider that is time.
    """

    key: str
    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    start: int = 0
    play: bool = False


def steps(
    key: str,
    label: str,
    low: float,
    high: float,
    step: float,
    unit: str,
    start: float | None = None,
    play: bool = False,
) -> Slider:
    """A slider from `low` to `high` in equal steps; `unit` follows each value ("%", " kg")."""
    values = tuple(round(low + i * step, 9) for i in range(round((high - low) / step) + 1))
    texts = tuple(f"{value:g}{unit}" for value in values)
    return Slider(key, label, values, texts, values.index(low if start is None else start), play)


def stops(key: str, label: str, named: Mapping[float, str], start: float) -> Slider:
    """A slider over a few named values, in the order given."""
    values = tuple(named)
    return Slider(key, label, values, tuple(named.values()), values.index(start))


@dataclass(frozen=True)
class Explorer:
    """A drawing with one to three sliders.

    `draw(page, **values)` draws one setting on top of what `ground(page)` drew once; `say(**values)` puts it into plain
    words; `presets` are settings by name; `leaves_out` says what it cannot show; `size` is in millimetres on paper.
    """

    name: str
    title: str
    alt: str
    sliders: tuple[Slider, ...]
    draw: Callable[..., None]
    say: Callable[..., str]
    leaves_out: str
    ground: Callable[..., None] = lambda page: None
    presets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    size: tuple[float, float] = (127, 85)

    def __post_init__(self) -> None:
        if not 1 <= len(self.sliders) <= 3:
            raise ValueError(f"Explorer {self.name!r} has {len(self.sliders)} sliders. Give it one to three.")
        for preset in self.presets:
            self.setting(preset)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many stops each slider has."""
        return tuple(len(slider.values) for slider in self.sliders)

    @property
    def start(self) -> tuple[int, ...]:
        """The stop at which each slider stands at first."""
        return tuple(slider.start for slider in self.sliders)

    def values(self, at: tuple[int, ...]) -> dict[str, float]:
        """The slider values at the stops `at`."""
        return {slider.key: slider.values[i] for slider, i in zip(self.sliders, at, strict=True)}

    def setting(self, preset: str) -> tuple[int, ...]:
        """The stops of a preset; a slider that it does not name stays at its start. `ValueError` for no such stop."""
        wanted = dict(self.presets[preset])
        keys = [slider.key for slider in self.sliders]
        if stray := wanted.keys() - set(keys):
            known = ", ".join(keys)
            raise ValueError(f"Explorer {self.name!r}, preset {preset!r}: no slider {min(stray)!r}. Sliders: {known}.")
        return tuple(self._stop(slider, wanted.get(slider.key), preset) for slider in self.sliders)

    def _stop(self, slider: Slider, value: float | None, preset: str) -> int:
        if value is not None and value not in slider.values:
            known, place = ", ".join(f"{v:g}" for v in slider.values), f"Explorer {self.name!r}, preset {preset!r}"
            raise ValueError(f"{place}: {slider.key} has no stop {value:g}. Stops: {known}.")
        return slider.start if value is None else slider.values.index(value)


_explorers: dict[str, Explorer] = {}


def explorer(name: str, **about) -> Callable[[Callable], Explorer]:
    """Register the decorated drawing as the explorer `name`; `about` are the fields of `Explorer`."""

    def register(draw: Callable[..., None]) -> Explorer:
        _explorers[name] = Explorer(name=name, draw=draw, **about)
        return _explorers[name]

    return register


def explorers() -> dict[str, Explorer]:
    """Every explorer by name; imports the modules that define them."""
    learn("lumbar.explore", SUBJECTS)
    return _explorers


def find(name: str) -> Explorer:
    """The explorer of that name; `UnknownName` with the nearest names where there is none."""
    if name not in _explorers:
        learn("lumbar.explore", SUBJECTS, name)
    if name not in _explorers:
        raise unknown("explorer", name, explorers())
    return _explorers[name]
