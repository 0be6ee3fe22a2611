"""Web hooks on their way out: due at their moment, posted by a few threads from a bounded queue."""

import asyncio
import queue
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Thread

import urllib3

THREADS = 4
MOST_QUEUED = 1_000
TIMEOUT = urllib3.Timeout(connect=5, read=15)
UNREACHED = 0


def nothing() -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Post:
    """retries: how many more times if it could not be handed over; retries_refused: also after a status that is no 2xx.

    headers is asked at each try, for signatures that carry the time. taken is called when it was; tried after each try.
    """

    url: str
    body: bytes
    headers: Callable[[bytes], Mapping[str, str]]
    retries: int
    retries_refused: bool = False
    retry_seconds: float = 0.2
    taken: Callable[[], object] = nothing
    tried: Callable[[], object] = nothing


class PostOffice:
    """Belongs to one event loop. waiting: those neither taken nor given up."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.queue: queue.Queue[Post | None] = queue.Queue(MOST_QUEUED)
        self.pool = urllib3.PoolManager(num_pools=THREADS, maxsize=THREADS, retries=False, timeout=TIMEOUT)
        self.waiting = 0
        self.statuses: Counter[int] = Counter()
        self.threads = [Thread(target=self.carry, daemon=True) for _ in range(THREADS)]
        for thread in self.threads:
            thread.start()

    def post(self, post: Post, seconds: float = 0.0) -> None:
        self.post_in_turn([(post, seconds)])

    def post_in_turn(self, posts: Sequence[tuple[Post, float]]) -> None:
        """Each so many seconds after the first try of the one before, so that they arrive in this order."""
        self.waiting += len(posts)
        self.next(posts)

    def next(self, posts: Sequence[tuple[Post, float]]) -> None:
        if posts:
            (first, seconds), rest = posts[0], posts[1:]
            self.loop.call_later(seconds, self.enqueue, replace(first, tried=lambda: self.next(rest)))

    def enqueue(self, post: Post) -> None:
        try:
            self.queue.put_nowait(post)
        except queue.Full:
            self.loop.call_later(0.05, self.enqueue, post)

    def carry(self) -> None:
        while (post := self.queue.get()) is not None:
            status = self.handed_over(post)
            try:
                self.loop.call_soon_threadsafe(self.settle, post, status)
            except RuntimeError:
                return  # The loop has closed: nobody waits for it.

    def handed_over(self, post: Post) -> int:
        """The status that was answered, or UNREACHED."""
        try:
            headers = dict(post.headers(post.body))
            return self.pool.request("POST", post.url, body=post.body, headers=headers, redirect=False).status
        except urllib3.exceptions.HTTPError:
            return UNREACHED

    def settle(self, post: Post, status: int) -> None:
        self.waiting -= 1
        self.statuses[status] += 1
        post.tried()
        if 200 <= status < 300:
            post.taken()
        elif post.retries and (status == UNREACHED or post.retries_refused):
            self.post(replace(post, retries=post.retries - 1), post.retry_seconds)

    def close(self) -> None:
        """Let go of what still waits."""
        while not self.queue.empty():
            self.queue.get_nowait()
        for _ in self.threads:
            self.queue.put(None)
        for thread in self.threads:
            thread.join(1)
        self.pool.clear()
