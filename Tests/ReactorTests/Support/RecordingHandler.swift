/// Writes down what a connection tells it, for tests to read from any thread.

import Reactor
import Synchronization

final class RecordingHandler: ConnectionHandler, Sendable {
    struct Record {
        var bytes: [UInt8] = []
        var receptions = 0
        var openings = 0
        var drains = 0
        var inputEnds = 0
        var ends: [EndReason] = []
        var negotiated: String?
    }

    private let state = Mutex(Record())
    private let onBytes: @Sendable (Connection, [UInt8]) -> Void
    private let onInputEnd: @Sendable (Connection) -> Void

    init(
        onBytes: @escaping @Sendable (Connection, [UInt8]) -> Void = { _, _ in },
        onInputEnd: @escaping @Sendable (Connection) -> Void = { _ in }
    ) {
        self.onBytes = onBytes
        self.onInputEnd = onInputEnd
    }

    /// Sends back what it receives.
    static func echo() -> RecordingHandler {
        RecordingHandler { connection, bytes in connection.send(bytes) }
    }

    var record: Record { state.withLock { $0 } }

    func connectionOpened(_ connection: Connection) {
        state.withLock {
            $0.openings += 1
            $0.negotiated = connection.negotiatedProtocol
        }
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        let bytes = Array(bytes)
        state.withLock {
            $0.bytes += bytes
            $0.receptions += 1
        }
        onBytes(connection, bytes)
    }

    func connectionDrained(_ connection: Connection) {
        state.withLock { $0.drains += 1 }
    }

    func connectionInputEnded(_ connection: Connection) {
        state.withLock { $0.inputEnds += 1 }
        onInputEnd(connection)
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        state.withLock { $0.ends.append(reason) }
    }
}
