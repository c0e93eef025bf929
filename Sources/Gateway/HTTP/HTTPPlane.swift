import Glibc
import Hub
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Everything on the port that is not a WebSocket: REST, pages, documents, health, metrics.
///
/// The reactor accepts connections and hands over those that begin with an ordinary request.
/// Hummingbird reads and writes HTTP on NIO's loops; what it answers is in `Responder`. A
/// connection that asks for a WebSocket later is given back through `onUpgrade`.
package final class HTTPPlane: Sendable {
    private struct Waiting: Sendable {
        let descriptor: Int32
        let firstBytes: [UInt8]
        let client: ClientAddress
        /// Kept for as long as the connection is served, and then given back.
        let place: ConnectionPlace?
    }

    private enum Phase {
        case idle
        case running
        case ended
    }

    private struct State {
        var phase = Phase.idle
        var callers: [CheckedContinuation<Void, Never>] = []
    }

    private let responder: Responder
    private let lanes: [HTTPLane]
    private let onUpgrade: @Sendable (ReturnedSocket) -> Void
    private let logger: Logger
    private let sockets: AsyncStream<Waiting>
    private let arrivals: AsyncStream<Waiting>.Continuation
    private let state = Mutex(State())
    private let turn = Atomic<Int>(0)

    package init(
        responder: Responder,
        group: MultiThreadedEventLoopGroup,
        logger: Logger,
        onUpgrade: @escaping @Sendable (ReturnedSocket) -> Void
    ) {
        self.responder = responder
        self.onUpgrade = onUpgrade
        self.logger = logger
        let limits = responder.limits
        lanes = group.makeIterator().map { HTTPLane($0, interval: limits.sweepInterval) }
        (sockets, arrivals) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(limits.waitingSocketsMaximum)
        )
    }

    /// Takes a socket whose first bytes are a request that is no upgrade, and owns it from here on.
    ///
    /// Callable from any thread; what is read later is read by the plane.
    package func take(
        _ descriptor: Int32,
        firstBytes: [UInt8],
        client: ClientAddress,
        place: ConnectionPlace? = nil
    ) {
        let waiting = Waiting(
            descriptor: descriptor,
            firstBytes: firstBytes,
            client: client,
            place: place
        )
        if case .enqueued = arrivals.yield(waiting) { return }
        close(descriptor)
    }

    /// Serves connections until `shutdown` is called and the last one has ended.
    package func run() async {
        state.withLock { $0.phase = .running }
        await withDiscardingTaskGroup { group in
            for await waiting in sockets {
                let lane = nextLane()
                group.addTask(executorPreference: lane.executor) {
                    await self.serve(waiting, on: lane)
                }
            }
        }
        let callers = state.withLock { state in
            state.phase = .ended
            return exchange(&state.callers, with: [])
        }
        for caller in callers { caller.resume() }
    }

    /// Takes no more sockets, closes idle connections, and waits for requests in progress: for
    /// `grace` at the most.
    package func shutdown(grace: Duration = .seconds(10)) async {
        responder.health.drain()
        arrivals.finish()
        for lane in lanes { lane.drain(grace: grace) }
        await withCheckedContinuation { caller in
            let isOver = state.withLock { state in
                guard state.phase == .running else { return true }
                state.callers.append(caller)
                return false
            }
            if isOver { caller.resume() }
        }
    }

    private func nextLane() -> HTTPLane {
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return lanes[Int(UInt(bitPattern: number) % UInt(lanes.count))]
    }

    private func serve(_ waiting: Waiting, on lane: HTTPLane) async {
        let open = responder.instruments.connections["http"]
        open.add(1)
        defer { open.add(-1) }
        let connection = responder.connection(waiting.client)
        let http = HTTP1Channel(
            responder: { [responder] request, writer, channel in
                try await responder.respond(to: request, writer, on: connection)
            },
            configuration: .init(httpDecoderConfiguration: decoderLimits)
        )
        do {
            let value = try await ClientBootstrap(group: lane.loop)
                .withConnectedSocket(waiting.descriptor) { channel in
                    http.setup(channel: channel, logger: self.logger).flatMapThrowing { value in
                        try self.install(on: channel, waiting, lane)
                        return value
                    }
                }
            await http.handle(value: value, logger: logger)
        } catch {
            logger.debug("A connection could not be taken over", metadata: ["error": "\(error)"])
        }
    }

    private var decoderLimits: HTTP1Channel.Configuration.DecoderConfiguration {
        let limits = responder.limits
        return .init(
            // The decoder counts the target as a field; the responder has the finer limit.
            maxHeaderFieldSize: max(limits.headBytesMaximum / 2, limits.targetBytesMaximum + 1),
            maxHeaderListSize: limits.headBytesMaximum,
            maxHeaderFieldCount: limits.fieldCountMaximum
        )
    }

    private func install(on channel: any Channel, _ waiting: Waiting, _ lane: HTTPLane) throws {
        let pipeline = channel.pipeline.syncOperations
        let watcher = ConnectionGuard(
            limits: responder.limits,
            instruments: responder.instruments,
            watch: lane.watch
        ) { head, early, context in
            self.giveBack(waiting, head, early, context)
        }
        let tap = ByteTap(
            replay: waiting.firstBytes,
            watcher: watcher,
            instruments: responder.instruments
        )
        watcher.tap = tap
        let decoder = try pipeline.context(
            handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self
        ).handler
        guard let decoder = decoder as? ByteToMessageHandler<HTTPRequestDecoder> else {
            preconditionFailure("The pipeline's decoder is of the type it was found by.")
        }
        try pipeline.addHandler(watcher, position: .after(decoder))
        try pipeline.addHandler(tap, position: .first)
    }

    /// On the connection's loop, with everything written: the duplicate keeps the connection open
    /// when the channel closes its own descriptor, so the peer notices nothing.
    private func giveBack(
        _ waiting: Waiting,
        _ head: HTTPRequestHead,
        _ early: [UInt8],
        _ context: ChannelHandlerContext
    ) {
        let copy = fcntl(waiting.descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else {
            logger.warning("No descriptor left for an upgrade", metadata: ["errno": "\(errno)"])
            context.close(promise: nil)
            return
        }
        let forwarded = head.headers["x-forwarded-for"]
        var client = waiting.client
        client.text = responder.door.clientAddress(peer: client.peer, forwardedFor: forwarded)
        let socket = ReturnedSocket(
            descriptor: copy,
            head: ReturnedSocket.Head(
                method: head.method.rawValue,
                target: head.uri,
                headers: head.headers.map { ($0.name, $0.value) }
            ),
            early: early,
            client: client,
            place: waiting.place
        )
        let closed = context.eventLoop.makePromise(of: Void.self)
        // Only when the loop has let go of the socket may another poll it.
        closed.futureResult.whenComplete { [onUpgrade] _ in onUpgrade(socket) }
        context.close(promise: closed)
    }
}
