"""python -m bench.faults_child CLOCK MODULE ...: a module as its own program, on the made-up clock of a campaign."""

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import time_machine

LOOK_EVERY = 0.05


class Clock:
    """How far the clock of every process of a campaign is from this machine's: kept in a file that all of them read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0
        self.coordinates = time_machine.travel(datetime.now(UTC), tick=True).start()
        datetime.now(UTC)  # The made-up clock goes from the first time that it is looked at.

    def set_to(self, moment: datetime) -> None:
        """Let it be this moment in every process, within LOOK_EVERY."""
        seconds = (moment - real_now()).total_seconds()
        draft = self.path.with_suffix(".draft")
        draft.write_text(repr(seconds))
        draft.rename(self.path)
        self.follow()

    def follow(self) -> None:
        seconds = float(self.path.read_text())
        if seconds != self.seconds:
            self.coordinates.shift(timedelta(seconds=seconds - self.seconds))
            self.seconds = seconds

    def keep_following(self) -> None:
        """Until the process ends; it ends with the one that started it."""
        parent, pause = os.getppid(), Event()
        while os.getppid() == parent:
            self.follow()
            pause.wait(LOOK_EVERY)
        os._exit(1)


def real_now() -> datetime:
    """This machine's own, while its clock is a made-up one."""
    found: datetime = time_machine.escape_hatch.datetime.datetime.now(UTC)
    return found


def main(path: str, module: str, *arguments: str) -> None:
    clock = Clock(Path(path))
    clock.follow()
    Thread(target=clock.keep_following, daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
