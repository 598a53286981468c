"""Durations as counted in buckets: mean, median and percentiles without keeping each duration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from desk.models.counting import bucket_width


class Histogram:
    """Seconds in the buckets of ``models.counting``. The mean is exact; quantiles are off by less than a bucket."""

    __slots__ = ("_buckets", "_seconds")

    def __init__(self) -> None:
        self._buckets: Counter[int] = Counter()
        self._seconds = 0

    @classmethod
    def of_all(cls, parts: Iterable[Histogram]) -> Histogram:
        """Several histograms added up: a site's from its services', a month's from its days'."""
        total = cls()
        for part in parts:
            total._buckets.update(part._buckets)
            total._seconds += part._seconds
        return total

    def add(self, bucket: int, count: int, seconds: int) -> None:
        """``count`` durations that fell into the bucket with this lower limit and add up to ``seconds``."""
        self._buckets[bucket] += count
        self._seconds += seconds

    @property
    def count(self) -> int:
        return self._buckets.total()

    @property
    def mean(self) -> float | None:
        """Seconds; None when nothing was timed."""
        return self._seconds / self.count if self.count > 0 else None

    def quantile(self, share: float) -> float | None:
        """The duration (seconds) that ``share`` of all stayed below, taken as evenly spread within a bucket."""
        if self.count <= 0:
            return None
        wanted = share * self.count
        passed = 0
        for bucket, count in sorted(self._buckets.items()):
            if count > 0 and passed + count >= wanted:
                return bucket + bucket_width(bucket) * (wanted - passed) / count
            passed += max(count, 0)
        return None
