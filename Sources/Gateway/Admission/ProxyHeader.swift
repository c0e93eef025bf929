/// What a PROXY header says about a connection.
package enum ProxyHeader: Sendable, Hashable {
    /// The proxy speaks for itself (a health check) or has no address to tell: the peer's own
    /// counts.
    case local
    case proxied(IPAddress, port: UInt16)
}
