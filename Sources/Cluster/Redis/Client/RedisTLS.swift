import Reactor

/// What TLS to Redis needs to know. Used when the address asks for TLS.

package struct RedisTLS: Sendable {
    package var trust: TLSContext.Trust = .system
    /// Who the client is, for servers that ask: PEM files.
    package var identity: TLSContext.Identity?
    /// The name that certificates have to have, when it is not the host that is connected to.
    package var serverName: String?

    package init() {}
}
