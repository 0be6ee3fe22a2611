"""One stub on one port, from its start until it is told to stop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tests.stubs.control import Control
from tests.stubs.options import Options
from tests.stubs.provider import Provider
from tests.stubs.wire import Connection


@dataclass(frozen=True)
class Started:
    """stop may be called from any thread."""

    address: str
    public_key: str
    stop: Callable[[], object]


async def serve(options: Options, port: int, started: Callable[[Started], object]) -> None:
    """Serve on this machine until stopped; port 0 takes a free one."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    provider = Provider(options, loop)
    answer = Control(provider).answer
    connections: set[asyncio.BaseTransport] = set()

    class Known(Connection):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            connections.add(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            connections.discard(self.transport)

    server = await loop.create_server(lambda: Known(answer), "127.0.0.1", port, backlog=512)
    try:
        here = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started(Started(here, provider.key.public, lambda: loop.call_soon_threadsafe(over.set)))
        await over.wait()
    finally:
        server.close()
        for transport in list(connections):
            transport.abort()  # type: ignore[attr-defined]  # a Transport, as every TCP connection has
        provider.close()
        await asyncio.sleep(0)
