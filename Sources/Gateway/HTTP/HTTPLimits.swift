/// What one HTTP connection may take in bytes and in time.
package struct HTTPLimits: Sendable {
    /// The request target; longer ones are answered with 414.
    package var targetBytesMaximum = 8192
    /// The whole head; larger ones are answered with 431.
    package var headBytesMaximum = 32_768
    package var fieldCountMaximum = 100
    /// From a head's first byte to its last: slower ones are answered with 408.
    package var headTimeout: Duration = .seconds(10)
    /// From a head's end to its body's: slower ones are answered with 408.
    package var bodyTimeout: Duration = .seconds(30)
    /// Between requests. Above nginx's 60 s, so that the proxy is the one who closes.
    package var idleTimeout: Duration = .seconds(75)
    /// How long a client may take nothing of its response.
    package var stallTimeout: Duration = .seconds(60)
    /// How long a refused client is read from so that it can see its answer before the reset.
    package var lingerTimeout: Duration = .seconds(2)
    /// How often the times above are looked at.
    package var sweepInterval: Duration = .seconds(1)
    /// Sockets that were handed over and wait to be set up; more are closed.
    package var waitingSocketsMaximum = 4096

    package init() {}
}
