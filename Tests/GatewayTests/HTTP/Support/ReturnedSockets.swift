import Gateway
import Synchronization

/// The sockets that a plane gave back, for whoever waits for the next one.
final class ReturnedSockets: Sendable {
    private let stream: AsyncStream<ReturnedSocket>
    private let source: AsyncStream<ReturnedSocket>.Continuation

    init() {
        (stream, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(64))
    }

    func add(_ socket: ReturnedSocket) {
        source.yield(socket)
    }

    func next() async throws -> ReturnedSocket {
        for await socket in stream { return socket }
        throw SocketError.ended("returned sockets")
    }
}
