"""What is between the processes: a cable that can be bad, and a balancer in front of the hubs."""

import asyncio

CHUNK = 65536


class Listener:
    """Accepts connections, each carried by a task that may be cancelled."""

    def __init__(self, port=0):
        self.port = port
        self.server = None
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    def accept(self, reader, writer):
        task = asyncio.create_task(self.carry(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def close(self):
        self.server.close()
        for task in list(self.tasks):
            task.cancel()


class Cable(Listener):
    """A TCP proxy to one port, whose traffic can be stopped in several ways.

    `open`    everything passes
    `slow`    everything passes, some time later
    `silent`  connections stay and are made, and nothing passes
    `deaf`    what the hub says passes, what Redis says doesn't
    `refuse`  connections are cut, and new ones refused
    """

    def __init__(self, target):
        super().__init__()
        self.target = target
        self.mode = "open"
        self.delay = 0.0
        self.writers = set()

    async def turn(self, mode, delay=0.0):
        self.mode, self.delay = mode, delay
        if mode == "refuse":
            for writer in list(self.writers):
                writer.transport.abort()

    async def half_close(self):
        """Says to the hub that nothing more will come, and goes on listening."""
        for writer in list(self.writers):
            if writer.can_write_eof() and getattr(writer, "is_hub", False):
                try:
                    writer.write_eof()
                except (OSError, RuntimeError):
                    pass

    async def carry(self, reader, writer):
        if self.mode == "refuse":
            writer.transport.abort()
            return
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        writer.is_hub = True
        ends = {writer, there_writer}
        self.writers |= ends
        await asyncio.gather(
            self.pump(reader, there_writer, "there"), self.pump(there_reader, writer, "back"))
        self.writers -= ends

    async def pump(self, reader, writer, way):
        loop = asyncio.get_running_loop()
        try:
            while chunk := await reader.read(CHUNK):
                if self.mode == "slow":
                    await asyncio.sleep(self.delay)
                # Bytes that were lost on the way would be made good by TCP: they wait.
                while self.mode == "silent" or (self.mode == "deaf" and way == "back"):
                    await asyncio.sleep(0.05)
                    if writer.is_closing():
                        return
                writer.write(chunk)
                await writer.drain()
        except (OSError, RuntimeError):
            # The latter where the hub was told that nothing more would come.
            pass
        finally:
            loop.call_soon(writer.close)


class Balancer(Listener):
    """Gives each connection to the next hub that takes it."""

    def __init__(self, ports, listen=0):
        super().__init__(listen)
        self.ports = list(ports)
        self.next = 0

    async def carry(self, reader, writer):
        for _ in self.ports:
            port = self.ports[self.next % len(self.ports)]
            self.next += 1
            try:
                there = await asyncio.wait_for(
                    asyncio.open_connection("127.0.0.1", port), timeout=1)
                break
            except (OSError, TimeoutError):
                continue
        else:
            writer.transport.abort()
            return
        await asyncio.gather(self.pump(reader, there[1]), self.pump(there[0], writer))

    async def pump(self, reader, writer):
        try:
            while chunk := await reader.read(CHUNK):
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
