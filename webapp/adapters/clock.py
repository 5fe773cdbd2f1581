"""Where time comes from."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)


class MovableClock:
    """So many days ahead of another one as a file says, and of how many more are to come one after the other.

    Whatever shares the file shares the day. It never goes back.
    """

    def __init__(self, file: Path, base: Clock) -> None:
        self._file, self._base = file, base
        self._read: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))

    def now(self) -> datetime:
        return self._base.now() + timedelta(days=self.days)

    @property
    def days(self) -> int:
        """How many it is ahead."""
        return self._kept()[0]

    @property
    def wanted(self) -> int:
        """How many it is to be ahead."""
        return self._kept()[1]

    def want(self, more: int) -> None:
        """So many days more than it is ahead now, at least."""
        days, wanted = self._kept()
        self._keep(days, max(wanted, days + more))

    def step(self) -> bool:
        """On to the next day, as long as one is wanted."""
        days, wanted = self._kept()
        if days >= wanted:
            return False
        self._keep(days + 1, wanted)
        return True

    def _kept(self) -> tuple[int, int]:
        """Read anew only where the file is another one."""
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            return 0, 0
        state = stat.st_ino, stat.st_mtime_ns
        if self._read[0] != state:
            days, wanted = map(int, self._file.read_text().split())
            self._read = state, (days, wanted)
        return self._read[1]

    def _keep(self, days: int, wanted: int) -> None:
        """Whole or not at all."""
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        draft.write_text(f"{days} {wanted}")
        draft.replace(self._file)
