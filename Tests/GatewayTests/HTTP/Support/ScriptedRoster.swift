import Gateway
import Hub

/// Three connections, numbered 1 to 3.
struct ScriptedRoster: ConnectionRoster {
    func connections(after: ConnectionID?, limit: Int) async -> [JSON] {
        (1...3).filter { $0 > after?.number ?? 0 }.prefix(limit).map {
            ["connection": .string(ConnectionID($0).description)]
        }
    }

    func end(_ connection: ConnectionID) async -> Bool {
        (1...3).contains(connection.number)
    }
}
