import Cluster
import Testing

/// A master with a replica, watched by Sentinels that agree quickly.
final class RedisSentinels: Sendable {
    static let name = "main"

    let master: RedisServer
    let replica: RedisServer
    let sentinels: [RedisServer]

    var address: String {
        "redis+sentinel://" + sentinels.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
            + "/\(Self.name)"
    }

    init(sentinels count: Int = 3) async throws {
        master = try await RedisServer()
        replica = try await RedisServer(["replicaof 127.0.0.1 \(master.port)"])
        var sentinels: [RedisServer] = []
        let name = Self.name
        for _ in 0..<count {
            sentinels.append(
                try await RedisServer(
                    [
                        "sentinel monitor \(name) 127.0.0.1 \(master.port) \(count / 2 + 1)",
                        "sentinel down-after-milliseconds \(name) 1000",
                        "sentinel failover-timeout \(name) 4000",
                    ],
                    isSentinel: true
                )
            )
        }
        self.sentinels = sentinels
        try await eventually("The Sentinels don't find each other and the replica.") {
            for sentinel in sentinels {
                let state = try await sentinel.cli("SENTINEL", "MASTER", name).split(
                    separator: "\n"
                )
                func value(_ field: String) -> String? {
                    state.firstIndex { $0 == field }.map { String(state[$0 + 1]) }
                }
                guard value("num-slaves") == "1", value("num-other-sentinels") == "\(count - 1)",
                    value("flags") == "master"
                else { return false }
            }
            return try await replica.cli("ROLE").contains("connected")
        }
    }
}
