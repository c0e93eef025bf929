import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("A Redis that Sentinels watch", .serialized)
    struct SentinelTests {
        @Test("The master that was killed is followed by the one that they choose")
        func followsKill() async throws {
            let redis = try await RedisSentinels()
            try await withClient(redis.address) { client in
                let set = RedisCommand("SET", "a", "1", key: "a")
                #expect(try await client.send(set) == .status("OK"))
                try await eventually("It isn't well.") { client.condition.isServing }
                #expect(client.condition.kind == .sentinel)
                #expect(client.condition.nodes.map(\.endpoint) == [redis.master.endpoint])
                let record = PushRecord()
                client.subscribe(to: [[UInt8]("news")]) { record.note($0) }
                try await eventually("Not subscribed.") { record.subscriptions(to: "news") == 1 }
                redis.master.kill()
                // A Sentinel that stood still for two seconds does nothing for thirty (TILT).
                try await eventually("Nobody has taken over.", within: .seconds(90)) {
                    (try? await client.send(set)) == .status("OK")
                }
                try await eventually("Not subscribed again.") {
                    record.subscriptions(to: "news") == 2
                }
                #expect(record.interruptions(of: "news") == 1)
                let publish = RedisCommand("PUBLISH", "news", "hello")
                #expect(try await client.send(publish) == .integer(1))
                #expect(try await redis.replica.cli("GET", "a") == "1")
                // The old master comes back, and takes itself for one: nobody is led astray.
                try await redis.master.start()
                try await redis.sentinels[0].cli("PUBLISH", "+switch-master", "main a 1 b 2")
                for _ in 0..<10 {
                    #expect(try await client.send(set) == .status("OK"))
                    #expect(client.condition.nodes.map(\.endpoint) == [redis.replica.endpoint])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }

        @Test("A change that is ordered is followed, and a Sentinel that is gone not missed")
        func followsSwitch() async throws {
            let redis = try await RedisSentinels(sentinels: 2)
            redis.sentinels[0].kill()
            try await withClient(redis.address) { client in
                let set = RedisCommand("SET", "a", "1", key: "a")
                #expect(try await client.send(set) == .status("OK"))
                // No quorum is needed for what a person orders of a master that is well.
                _ = try await redis.sentinels[0].start()
                try await eventually("The order is refused.") {
                    try await redis.sentinels[1].cli("SENTINEL", "FAILOVER", RedisSentinels.name)
                        == "OK"
                }
                try await eventually("The client stays where it was.", within: .seconds(90)) {
                    client.condition.nodes.map(\.endpoint) == [redis.replica.endpoint]
                        && client.condition.isServing
                }
                #expect(try await client.send(set) == .status("OK"))
            }
        }

        @Test("A master that Sentinels don't know is a clear failure")
        func tellsUnknownMasters() async throws {
            let server = try await RedisServer(
                ["sentinel monitor x 127.0.0.1 1 1"],
                isSentinel: true
            )
            try await withClient(
                "redis+sentinel://127.0.0.1:\(server.port)/other",
                { $0.commandTimeout = .milliseconds(600) }
            ) { client in
                let error = await #expect(throws: RedisError.self) {
                    try await client.send(RedisCommand("PING"))
                }
                guard case .unavailable(let reason) = error else {
                    Issue.record("It ended with \(String(describing: error)).")
                    return
                }
                #expect(reason.contains("knows no such master"))
            }
        }
    }
}
