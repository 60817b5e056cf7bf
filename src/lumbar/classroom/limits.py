"""How often: rates, and the lock-out of an address that tries codes. Times are seconds of a monotonic clock.

Addresses are known here alone, in memory, and for a minute.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

Clock = Callable[[], float]
MOST = 20_000  # senders remembered at once, so that nobody can fill the memory


@dataclass
class Bucket:
    """Lets `rate` a second through, and `burst` at once."""

    rate: float
    burst: float
    clock: Clock
    level: float = field(init=False)
    since: float = field(init=False)

    def __post_init__(self) -> None:
        self.level, self.since = self.burst, self.clock()

    def left(self) -> float:
        """How many may pass now."""
        now = self.clock()
        self.level, self.since = min(self.burst, self.level + (now - self.since) * self.rate), now
        return self.level

    def take(self) -> bool:
        """Whether this one may pass; if so, it counts."""
        if self.left() < 1:
            return False
        self.level -= 1
        return True


class Rates:
    """A bucket for each sender."""

    def __init__(self, rate: float, burst: float, clock: Clock):
        self._made = lambda: Bucket(rate, burst, clock)
        self._buckets: dict[Hashable, Bucket] = {}

    def take(self, sender: Hashable) -> bool:
        """Whether this sender may do it once more now."""
        if sender not in self._buckets:
            self._forget()
            self._buckets[sender] = self._made()
        return self._buckets[sender].take()

    def _forget(self) -> None:
        if len(self._buckets) >= MOST:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if bucket.left() < bucket.burst}


class Codes:
    """Keeps codes from being walked through, without shutting out a school that is one address.

    Wrong codes from one address are weighed against right ones: at 20 more wrong than right, it is locked out for a
    minute. And all addresses together have 10 wrong codes a second. A right code is refused then, too: if it were not,
    neither would limit a search. Whoever is in the class already comes in by token, and meets none of this.
    """

    WRONG, LOCKED, TOGETHER = 20, 60.0, 10

    def __init__(self, clock: Clock):
        self._clock = clock
        self._together = Bucket(self.TOGETHER, self.TOGETHER, clock)
        self._tried: dict[str, tuple[int, float]] = {}  # by address: how many more wrong than right, and since when

    def open(self, address: str) -> bool:
        """Whether a code from this address may be looked at now."""
        return self._wrong(address) < self.WRONG and self._together.left() >= 1

    def right(self, address: str) -> None:
        """A right code came from there."""
        if wrong := self._wrong(address):
            self._tried[address] = wrong - 1, self._tried[address][1]

    def wrong(self, address: str) -> None:
        """A wrong code came from there. A lock-out counts from the last one."""
        self._together.take()
        self._forget()
        self._tried[address] = self._wrong(address) + 1, self._clock()

    def _wrong(self, address: str) -> int:
        count, since = self._tried.get(address, (0, 0.0))
        return count if self._clock() - since < self.LOCKED else 0

    def _forget(self) -> None:
        if len(self._tried) >= MOST:
            self._tried = {address: tried for address, tried in self._tried.items() if self._wrong(address)}
