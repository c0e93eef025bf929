import Cluster
import Gateway
import Hub

/// What the node tells of itself.
extension ClusterLink: ClusterDesk {
    var reading: ClusterReading {
        var reading = ClusterReading()
        let statuses = journal.statuses
        let states = Dictionary(grouping: statuses) { Self.name($0.state) }
        reading.partitions = Self.states.map { ($0, states[$0]?.count ?? 0) }
        reading.lag = statuses.reduce(0) { $0 + Int(clamping: $1.lag) }
        reading.nodes = registry.nodes.count
        let (condition, counters) = (client.condition, client.counters)
        reading.isServing = condition.isServing
        reading.redisKind = condition.kind.rawValue
        reading.redisRoles = condition.nodes.map(\.role)
        reading.probeSeconds = condition.nodes.compactMap(\.probeRoundTrip).max().map(Self.seconds)
        reading.redis = [
            ("command", counters.commands), ("error", counters.errors),
            ("connection", counters.connections), ("loss", counters.losses),
            ("redirection", counters.redirections), ("repetition", counters.repetitions),
            ("message", counters.messages), ("deafness", counters.deafness),
        ].map { ($0, Int(clamping: $1)) }
        return reading
    }

    func status() -> JSON {
        [
            "node": .string(registry.name.description),
            "incarnation": .string(registry.incarnation),
            "version": .string(Version.text),
            "clockOffset": .int(registry.clockOffset.milliseconds),
            "nodes": .array(registry.nodes.map(Self.describe)),
            "partitions": .array(journal.statuses.map(Self.describe)),
            "redis": redis,
        ]
    }

    func outline(of partition: Partition) async throws(JournalError) -> [UInt8]? {
        // What isn't all there itself completes nobody.
        guard journal.statuses[partition.number].state == .live else { return nil }
        return try await exchange.outline(of: partition).map { CopyCoding.encode($0) }
    }

    func part(of topic: TopicID, after: Offset) async throws(JournalError) -> [UInt8] {
        CopyCoding.encode(try await exchange.part(of: topic, after: after))
    }

    func version(_ id: RecordID, of topic: TopicID) async throws(JournalError) -> [UInt8]? {
        try await versions.version(id, of: topic)?.state
    }

    private var redis: JSON {
        let condition = client.condition
        return [
            "kind": .string(condition.kind.rawValue),
            "version": condition.version.map { .string($0) } ?? .null,
            "serves": .bool(condition.isServing),
            "waiting": .int(Int64(condition.waiting)),
            "lastError": condition.lastError.map { .string($0) } ?? .null,
            "counters": .object(reading.redis.map { JSON.Member($0.what, .int(Int64($0.count))) }),
            "nodes": .array(condition.nodes.map(Self.describe)),
        ]
    }

    private static func describe(_ node: Neighbour) -> JSON {
        [
            "name": .string(node.name), "incarnation": .string(node.incarnation),
            "address": .string(node.address),
        ]
    }

    private static func describe(_ status: PartitionStatus) -> JSON {
        [
            "partition": .string(status.partition.description),
            "state": .string(name(status.state)),
            "epoch": status.bookmark.map { .string($0.epoch.description) } ?? .null,
            "archived": .int(Int64(clamping: status.bookmark?.sequence ?? 0)),
            "newest": .int(Int64(clamping: status.newest)),
            "lag": .int(Int64(clamping: status.lag)),
        ]
    }

    private static func describe(_ node: RedisCondition.Node) -> JSON {
        [
            "endpoint": .string("\(node.endpoint)"), "role": .string(node.role),
            "commands": .string(node.commands.rawValue),
            "subscription": .string(node.subscription.rawValue),
            "channels": .int(Int64(node.channels)),
            "probe": node.probeRoundTrip.map { .double(seconds($0) * 1000) } ?? .null,
            "lastError": node.lastError.map { .string($0) } ?? .null,
        ]
    }

    private static let states = ["starting", "live", "away", "restoring", "incomplete", "failing"]

    private static func name(_ state: FollowerState) -> String {
        switch state {
        case .starting: "starting"
        case .live: "live"
        case .away: "away"
        case .restoring: "restoring"
        case .incomplete: "incomplete"
        case .failing: "failing"
        }
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
