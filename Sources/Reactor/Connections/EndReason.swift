/// Why a connection ended.

package enum EndReason: Hashable, Sendable {
    /// We closed it.
    case closed
    /// The peer closed it in order.
    case peerClosed
    /// The connection broke; the error number says how (ECONNRESET, EPIPE, ETIMEDOUT …).
    case broken(Int32)
    /// A connect got no further; the error number says why (ECONNREFUSED, EHOSTUNREACH …).
    case unreachable(Int32)
    /// It wasn't established, or its last bytes weren't taken, in the time allowed.
    case timedOut
    /// The handshake or a record was refused: by us or by the peer.
    case tls(String)
    /// More was queued than `OutboxLimits.maximum`.
    case overflowed
    /// The socket was given away by `handOver()`.
    case handedOver
    /// The loop stopped.
    case loopStopped
}
