/// Which master has which slot of a Redis Cluster.

struct SlotTable {
    private static let nobody = UInt16.max
    private static let mastersMaximum = 4096

    /// The masters' places in `masters`, by slot.
    private var owners = [UInt16](repeating: nobody, count: KeySlot.count)
    private var masters: [RedisEndpoint] = []

    init() {}

    /// Reads the answer to CLUSTER SLOTS: first and last slot, then the master's host and port, of
    /// each range. A master without a host is where the question was asked. What is malformed is
    /// left out.
    init?(_ value: RedisValue, askedAt asked: RedisEndpoint) {
        guard case .array(let ranges) = value else { return nil }
        for range in ranges {
            guard let parts = range.array, parts.count >= 3,
                let first = parts[0].integer.flatMap({ KeySlot($0) }),
                let last = parts[1].integer.flatMap({ KeySlot($0) }), first <= last,
                let place = parts[2].array, place.count >= 2,
                let port = place[1].integer.flatMap({ UInt16(exactly: $0) })
            else { continue }
            let host = place[0].text.flatMap { $0.isEmpty || $0 == "?" ? nil : $0 } ?? asked.host
            guard let index = index(of: RedisEndpoint(host: host, port: port)) else { continue }
            for slot in first.number...last.number { owners[Int(slot)] = index }
        }
    }

    subscript(slot: KeySlot) -> RedisEndpoint? {
        get {
            let owner = owners[Int(slot.number)]
            return owner == Self.nobody ? nil : masters[Int(owner)]
        }
        set {
            owners[Int(slot.number)] = newValue.flatMap { index(of: $0) } ?? Self.nobody
        }
    }

    /// The masters that have slots.
    var endpoints: Set<RedisEndpoint> {
        Set(Set(owners).subtracting([Self.nobody]).map { masters[Int($0)] })
    }

    var isComplete: Bool { !owners.contains(Self.nobody) }

    /// Nil when there are more masters than a cluster can have: somebody is making them up.
    private mutating func index(of endpoint: RedisEndpoint) -> UInt16? {
        if let place = masters.firstIndex(of: endpoint) { return UInt16(place) }
        guard masters.count < Self.mastersMaximum else { return nil }
        masters.append(endpoint)
        return UInt16(masters.count - 1)
    }
}
