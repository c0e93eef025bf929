/// Which end of the connection this side is. A client masks what it sends, a server never does.
package enum Endpoint: Sendable {
    case server
    case client
}
