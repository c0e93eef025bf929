import WebSocket

/// How connections are received before they are a WebSocket or an HTTP conversation.
package struct EntranceSettings: Sendable {
    package var head = HeadLimits()
    /// For the whole first head, so that a client of one byte a second is not waited for.
    package var headTimeout: Duration = .seconds(10)
    /// Whether `/echo` is open.
    package var echoes = false
    /// Of a message on `/echo`, where conformance suites send large ones.
    package var echoBytesMaximum = 64 << 20
    /// Whether trusted proxies put a PROXY header before the first byte.
    package var expectsProxyHeader = false
    /// Nil: permessage-deflate is declined.
    package var deflate: DeflatePolicy? = DeflatePolicy()

    package init() {}
}
