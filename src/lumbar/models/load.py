"""What the lowest joints of the back carry: a static model of L4/5 with one extensor muscle and co-contraction.

The upper body leans forward about L4/5 and may hold a weight. One muscle behind the joint keeps it from falling:

    M   = W (d cos θ + h sin θ) + m_L g D         the moment that tips it forward
    F_e = M / r_e                                 the back-muscle force that holds it
    F_x = a σ A                                   extra back-muscle force, a habit or a guard
    F_a = F_x r_e / r_a                           the belly-muscle force that keeps the balance: co-contraction
    C   = (W + m_L g) cos θ + F_e + F_x + F_a     the squeeze on the joint

It can show that muscles multiply load, and why a few percent of extra tension are not nothing. It cannot show shear,
ligaments, belly pressure, time, one person's own anatomy, harm or pain. It rises steadily with bending, whereas
spinal implants measure a levelling off beyond about 33°, so do not use it past `LEAN_LIMIT`.

Every function takes numbers or NumPy arrays, which broadcast, and gives the same shape back.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lumbar.evidence.tables import table

GRAVITY = 9.81
"""Free fall, m/s²."""

LEAN_LIMIT = 30.0
"""The largest lean that the model is good for, degrees."""


@dataclass(frozen=True)
class LoadParameters:
    """One person's body. What each value rests on, and how far it may go: `evidence/data/load-parameters.csv`.

    mass            body mass, kg
    upper_share     share of the body's weight above L4/5
    centre_front    how far the upper body's centre of mass lies in front of L4/5, m
    centre_height   how far it lies above L4/5, m
    extensor_arm    lever of the back muscles, m
    belly_arm       lever of the belly muscles, m
    muscle_stress   largest stress of muscle, Pa
    muscle_area     cross-section of the back muscles of both sides, m²
    disc_area       cross-section of the disc, m²
    nucleus_factor  pressure in the nucleus over the mean stress on the disc
    facet_share     share of the squeeze that the facet joints take
    """

    mass: float
    upper_share: float
    centre_front: float
    centre_height: float
    extensor_arm: float
    belly_arm: float
    muscle_stress: float
    muscle_area: float
    disc_area: float
    nucleus_factor: float
    facet_share: float

    @property
    def upper_weight(self) -> float:
        """Weight of the body above L4/5, N."""
        return self.upper_share * self.mass * GRAVITY

    @property
    def strength(self) -> float:
        """The most that the back muscles can pull, N."""
        return self.muscle_stress * self.muscle_area


def course_body() -> LoadParameters:
    """The body of the course, a person of 75 kg, from the evidence table `load-parameters`."""
    rows = {row["symbol"]: row for row in table("load-parameters").rows}
    return LoadParameters(*(rows[symbol]["default"] * SI[rows[symbol]["unit"]] for symbol in SYMBOLS))


SYMBOLS = ("m", "f_W", "d", "h", "r_e", "r_a", "sigma", "A", "A_disc", "k_p", "s")
"""The table's symbols, in the order of the fields of `LoadParameters`."""

SI = {"kg": 1, "1": 1, "m": 1, "N/cm2": 1e4, "cm2": 1e-4, "mm2": 1e-6}

BODY = course_body()


def extensor_force(
    lean: ArrayLike = 0.0, load: ArrayLike = 0.0, reach: ArrayLike = 0.25, body: LoadParameters = BODY
) -> np.ndarray:
    """Back-muscle force that holds the upper body, N.

    `lean` from upright, degrees; `load` in the hands, kg; `reach` of the load in front of L4/5, m.
    """
    angle = np.radians(lean)
    arm = body.centre_front * np.cos(angle) + body.centre_height * np.sin(angle)
    return (body.upper_weight * arm + _weight(load) * np.asarray(reach)) / body.extensor_arm


def tension_force(tension: ArrayLike, body: LoadParameters = BODY) -> np.ndarray:
    """What extra tension adds to the squeeze, N: the back muscles' extra pull and the belly muscles' answer to it.

    `tension` is extra activation of the back muscles, 0 to 1 of their most.
    """
    return np.asarray(tension) * body.strength * (1 + body.extensor_arm / body.belly_arm)


def compression(
    lean: ArrayLike = 0.0,
    load: ArrayLike = 0.0,
    reach: ArrayLike = 0.25,
    tension: ArrayLike = 0.0,
    body: LoadParameters = BODY,
) -> np.ndarray:
    """Squeeze on L4/5 along the spine, N.

    `lean`, degrees; `load`, kg; `reach`, m; `tension`, 0 to 1 of the back muscles' most.
    """
    weight = (body.upper_weight + _weight(load)) * np.cos(np.radians(lean))
    return weight + extensor_force(lean, load, reach, body) + tension_force(tension, body)


def disc_pressure(squeeze: ArrayLike, body: LoadParameters = BODY) -> np.ndarray:
    """Pressure in the disc's nucleus, MPa, under a squeeze in N."""
    return body.nucleus_factor * np.asarray(squeeze) / body.disc_area / 1e6


def facet_force(
    squeeze: ArrayLike,
    assumption: Literal["share", "constant"] = "share",
    share: ArrayLike | None = None,
    body: LoadParameters = BODY,
) -> np.ndarray:
    """Load on the facet joints of one level, N, under a squeeze in N, by one of two assumptions.

    "share": they take a fixed `share` of the squeeze, 0 to 1 (default: `body.facet_share`).
    "constant": they take what that share is in quiet standing, however large the squeeze (after Lorenz 1983).
    """
    share = np.asarray(body.facet_share if share is None else share)
    if assumption == "share":
        return share * np.asarray(squeeze)
    if assumption == "constant":
        return share * compression(body=body) * np.ones_like(squeeze, dtype=float)
    raise ValueError(f"assumption must be 'share' or 'constant', not {assumption!r}")


def activation(
    lean: ArrayLike = 0.0,
    load: ArrayLike = 0.0,
    reach: ArrayLike = 0.25,
    tension: ArrayLike = 0.0,
    body: LoadParameters = BODY,
) -> np.ndarray:
    """How hard the back muscles work, 0 to 1 of their most; above 1 the posture cannot be held in this model."""
    return extensor_force(lean, load, reach, body) / body.strength + np.asarray(tension)


def kilograms(force: float) -> int:
    """The mass, in whole kg, whose weight is that force, N: newtons in words that people know."""
    return round(float(force) / GRAVITY)


def _weight(load: ArrayLike) -> np.ndarray:
    return np.asarray(load) * GRAVITY
