import Hub

/// What the requests of one HTTP connection have in common.
struct HTTPConnection: Sendable {
    let id: ConnectionID
    let client: ClientAddress
}
