import Gateway
import Hub

/// A roster that shows no connections, for a hub whose entrance keeps none.
struct UnlistedConnections: ConnectionRoster {
    func connections(after: ConnectionID?, limit: Int) async -> [JSON] { [] }

    func end(_ connection: ConnectionID) async -> Bool { false }
}
