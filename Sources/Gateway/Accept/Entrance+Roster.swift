import Hub
import Reactor

/// The live connections as an operator sees and ends them.
extension Entrance: ConnectionRoster {
    package func connections(after: ConnectionID?, limit: Int) async -> [JSON] {
        var entries: [(id: ConnectionID, entry: JSON)] = []
        for desk in desks {
            entries += await ask(desk) { desk in desk.entries(after: after, limit: limit) }
        }
        return entries.sorted { $0.id.number < $1.id.number }.prefix(limit).map(\.entry)
    }

    package func end(_ connection: ConnectionID) async -> Bool {
        for desk in desks {
            let isHere = await ask(desk) { desk in
                guard let link = desk.link(connection) else { return false }
                link.close(.moved)
                return true
            }
            if isHere { return true }
        }
        return false
    }
}

extension LaneDesk {
    /// This loop's connections above `after`, in the order of their numbers.
    func entries(after: ConnectionID?, limit: Int) -> [(id: ConnectionID, entry: JSON)] {
        let numbers = linkIDs.filter { $0.number > (after?.number ?? 0) }
        return numbers.sorted { $0.number < $1.number }.prefix(limit).compactMap { id in
            link(id).map { (id, $0.entry) }
        }
    }
}

extension WebSocketLink {
    fileprivate var entry: JSON {
        var entry: JSON = [
            "connection": .string(id.description),
            "address": .string(connection.peer.host),
            "queuedBytes": .int(Int64(connection.queuedBytes)),
        ]
        if let user { entry.append("user", .string(user)) }
        return entry
    }
}
