"""A trunk held upright by a stretch reflex that answers late, and by a steady drive from the brain.

The trunk is a pole on a hinge. It leans by θ, forwards above 0; back muscles a_e and belly muscles a_f work at 0 to 1:

    I θ″ = m g h sin θ + push − M_e a_e + M_f a_f − K θ − B θ′
    K = K₀ + κ (a_e + a_f),   B = B₀ + β (a_e + a_f)             a working muscle is also a stiff one
    u_e = T   + G (θ(t − τ) − θ₀) + G_d θ′(t − τ)                the drive T, the reflex, and where it aims, θ₀
    u_f = T_f − the same,   T_f = T M_e / M_f,   G_d = 0.2 s · G
    a′ = (u − a) / τ_a,   u kept between 0 and 1

It can show that a stronger late reflex swings and does not tighten, that steady tightness needs a steady drive, and
that bracing is a fair trade for a trunk that would else fall. It cannot show pain, learning, many muscles, balance by
eye and ear, or what the spindles' own drive does. Its gains are for illustration.

Every function takes numbers or NumPy arrays, which broadcast.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

GRAVITY = 9.81
STEP = 0.0005
"""The time step, s."""

GAIN, DELAY, TONE = 0.17, 0.045, 0.02
"""Reflex gain per rad: the reflex then brings 42 % of the stiffness, as measured by Moorhouse & Granata 2007. Delay, s:
the second answer of back muscles to a tap, Zedka 1999. Steady drive of the back muscles, 0 to 1: a choice."""


@dataclass(frozen=True)
class Trunk:
    """One trunk. All values are choices of the right size, none is a measurement.

    mass         above the lower back, kg: 75 kg of body, as in the model of load
    height       of its centre above the hinge, m: as there
    inertia      about the hinge, kg m²
    back, belly  the most that the muscles can turn with, N m
    stiffness    without muscles, N m/rad: too little to stand on alone
    stiffening   more of it for each 1 of activity, N m/rad
    damping      without muscles, N m s/rad
    more_damping for each 1 of activity, N m s/rad
    rise         time constant from nerve to pull, s
    rate_gain    G_d over G, s
    """

    mass: float = 37
    height: float = 0.26
    inertia: float = 4.5
    back: float = 250
    belly: float = 150
    stiffness: float = 60
    stiffening: float = 600
    damping: float = 6
    more_damping: float = 20
    rise: float = 0.06
    rate_gain: float = 0.2

    @property
    def toppling(self) -> float:
        """How hard gravity tips the trunk, N m/rad."""
        return self.mass * GRAVITY * self.height

    def own_stiffness(self, tone: ArrayLike) -> np.ndarray:
        """Stiffness without any reflex, N m/rad, at the steady drive `tone`, 0 to 1."""
        return self.stiffness + self.stiffening * np.asarray(tone) * (1 + self.back / self.belly)

    def own_damping(self, tone: ArrayLike) -> np.ndarray:
        """Damping without any reflex, N m s/rad."""
        return self.damping + self.more_damping * np.asarray(tone) * (1 + self.back / self.belly)


TRUNK = Trunk()


@dataclass(frozen=True)
class Hold:
    """How the trunk goes after a push; time is the first axis of all but `time`.

    time, s; lean, degrees, forwards above 0; back and belly: muscle activity, 0 to 1.
    """

    time: np.ndarray
    lean: np.ndarray
    back: np.ndarray
    belly: np.ndarray


def hold_upright(
    gain: ArrayLike = GAIN,
    delay: ArrayLike = DELAY,
    tone: ArrayLike = TONE,
    aim: ArrayLike = 0.0,
    push: float = 20.0,
    seconds: float = 4.0,
    body: Trunk = TRUNK,
) -> Hold:
    """A push of so many N m for 0.1 s against a trunk at rest, and what follows.

    `gain` of the reflex, per rad; its `delay`, s; `tone`, the steady drive of the back muscles, 0 to 1; `aim`, the lean
    that the reflex holds, degrees.
    """
    gain, delay, tone, aim = np.broadcast_arrays(*np.atleast_1d(gain, delay, tone, np.radians(aim)))
    shape, (gain, delay, tone, aim) = gain.shape, (values.ravel() for values in (gain, delay, tone, aim))
    lag, cells = np.rint(delay / STEP).astype(int), np.arange(gain.size)
    steps, before = round(seconds / STEP), int(lag.max()) + 1
    felt = np.zeros((before + steps, gain.size))
    state = np.stack([np.zeros_like(tone), np.zeros_like(tone), tone, tone * body.back / body.belly])
    drive = state[2:].copy()
    found = np.empty((steps, 3, gain.size))
    for i in range(steps):
        found[i] = state[0], state[2], state[3]
        felt[before + i] = state[0] + body.rate_gain * state[1]
        answer = gain * (felt[before + i - lag, cells] - aim)
        wanted = np.clip(drive + (answer, -answer), 0, 1)
        state = state + STEP * _change(state, wanted, push * (i * STEP < 0.1), body)
    lean, back, belly = (found[:, k].reshape(steps, *shape) for k in range(3))
    return Hold(np.arange(steps) * STEP, np.degrees(lean), back, belly)


def _change(state: np.ndarray, wanted: np.ndarray, push: float, body: Trunk) -> np.ndarray:
    lean, speed, back, belly = state
    work = back + belly
    turn = body.mass * GRAVITY * body.height * np.sin(lean) + push - body.back * back + body.belly * belly
    turn = turn - (body.stiffness + body.stiffening * work) * lean - (body.damping + body.more_damping * work) * speed
    return np.stack([speed, turn / body.inertia, *((wanted - state[2:]) / body.rise)])


def reflex_share(gain: ArrayLike = GAIN, tone: ArrayLike = TONE, body: Trunk = TRUNK) -> np.ndarray:
    """The share of the trunk's stiffness that the reflex brings, 0 to 1."""
    reflex = (body.back + body.belly) * np.asarray(gain, float)
    return reflex / (reflex + body.own_stiffness(tone))


def least_gain(tone: ArrayLike = TONE, body: Trunk = TRUNK) -> np.ndarray:
    """The gain, per rad, below which the trunk falls into a lean; 0 where its own stiffness holds it."""
    return np.maximum(body.toppling - body.own_stiffness(tone), 0) / (body.back + body.belly)


def swing_limit(delay: float = DELAY, tone: float = TONE, body: Trunk = TRUNK) -> tuple[float, float]:
    """The gain, per rad, above which small swings grow on their own, and their frequency there, Hz.

    By the Nyquist criterion: the reflex then answers a swing with just its own size, half a turn late.
    """
    turn = np.linspace(0.5, 60, 24_000)  # rad/s
    s = 1j * turn
    limb = body.inertia * s**2 + body.own_damping(tone) * s + body.own_stiffness(tone) - body.toppling
    loop = (body.back + body.belly) * (1 + body.rate_gain * s) * np.exp(-s * delay) / (limb * (1 + body.rise * s))
    at = np.flatnonzero((np.diff(np.sign(loop.imag)) != 0) & (loop.real[1:] < 0))[0]
    return float(1 / abs(loop[at])), float(turn[at] / (2 * np.pi))


def outcome(gain: float = GAIN, delay: float = DELAY, tone: float = TONE, body: Trunk = TRUNK) -> str:
    """What becomes of a small push: the trunk "leans", "holds" or "swings". A hard push may start a swing earlier."""
    if gain < least_gain(tone, body):
        return "leans"
    return "swings" if gain > swing_limit(delay, tone, body)[0] else "holds"
