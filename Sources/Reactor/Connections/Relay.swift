/// Joins two connections: what one receives the other sends, with backpressure, and the end of one
/// side becomes the end of the other. It stands between a TLS client and the code that was given
/// the plain end of a socket pair.

final class Relay: ConnectionHandler {
    /// How long the last bytes of one side may take after the other has gone.
    private static var lastBytesTimeout: Duration { .seconds(30) }

    private let secure: Connection
    private let plain: Connection

    init(secure: Connection, plain: Connection) {
        self.secure = secure
        self.plain = plain
        secure.allowsHalfClosure = true
        plain.allowsHalfClosure = true
    }

    private func other(of connection: Connection) -> Connection {
        connection === secure ? plain : secure
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        let other = other(of: connection)
        other.send(Array(bytes))
        if other.isAboveHighWater { connection.pauseReading() }
    }

    func connectionDrained(_ connection: Connection) {
        other(of: connection).resumeReading()
    }

    func connectionInputEnded(_ connection: Connection) {
        other(of: connection).finishOutput()
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        other(of: connection).close(.afterFlush(timeout: Self.lastBytesTimeout))
    }
}
