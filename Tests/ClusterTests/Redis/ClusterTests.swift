import Synchronization
import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("A Redis Cluster", .serialized)
    struct ClusterTests {
        @Test("Every key finds its master, scripts and blind starts included")
        func findsMasters() async throws {
            let cluster = try await RedisCluster()
            // One node is named, the rest is found.
            try await withClient("redis://127.0.0.1:\(cluster.servers[5].port)") { client in
                let record = AnswerRecord()
                for number in 0..<3000 {
                    let key = "key:\(number)"
                    client.submit(RedisCommand("INCR", key, key: key), completion: record.note)
                }
                try await eventually("Answers are missing.") { record.all.count == 3000 }
                #expect(record.integers == [Int64](repeating: 1, count: 3000))
                #expect(client.counters.redirections == 0)
                let script = RedisScript("return {KEYS[1], ARGV[1]}")
                for number in 0..<50 {
                    let key = [UInt8]("k\(number)")
                    let answer = try await client.run(script, keys: [key], arguments: [[1, 2]])
                    #expect(answer == .array([.bytes(key), .bytes([1, 2])]))
                    let name = "a{\(number)}b}\(number)"
                    let slot = try await client.send(RedisCommand("CLUSTER", "KEYSLOT", name))
                    #expect(slot.integer == Int64(KeySlot(of: [UInt8](name)).number))
                }
                try await eventually("It isn't well.") { client.condition.isServing }
                #expect(client.condition.kind == .cluster && client.condition.nodes.count == 3)
                #expect(client.publishCommand == "SPUBLISH")
            }
            try await withClient("\(cluster.servers[0].address)/1") { client in
                await #expect(
                    throws: RedisError.unavailable("a Redis Cluster has only database 0")
                ) {
                    try await client.send(RedisCommand("GET", "a", key: "a"))
                }
            }
        }

        @Test("A slot on its way is asked for at both ends, and found when it has arrived")
        func followsSlots() async throws {
            let cluster = try await RedisCluster()
            try await withClient(cluster.address) { client in
                for key in ["{t}a", "{t}b"] {
                    _ = try await client.send(RedisCommand("SET", key, key, key: key))
                }
                let record = PushRecord()
                let channel = [UInt8]("{t}news")
                client.subscribe(to: [channel]) { record.note($0) }
                try await eventually("Not subscribed.") {
                    record.subscriptions(to: "{t}news") == 1
                }
                let migration = try await SlotMigration(of: "{t}a", in: cluster)
                try await migration.move("{t}a")
                // ASK: it isn't where the table says, and comes back with the answer all the same.
                #expect(
                    try await client.send(RedisCommand("GET", "{t}a", key: "{t}a"))
                        == .bytes([UInt8]("{t}a"))
                )
                let script = RedisScript("return redis.call('GET', KEYS[1])")
                #expect(
                    try await client.run(script, keys: [[UInt8]("{t}a")]) == .bytes([UInt8]("{t}a"))
                )
                #expect(client.counters.errors == 0)
                // TRYAGAIN: one key is here and the other there, until both are.
                let both = AnswerRecord()
                client.submit(
                    RedisCommand("MGET", "{t}a", "{t}b", key: "{t}a"),
                    completion: both.note
                )
                try await eventually("Nothing is repeated.") { client.counters.repetitions > 0 }
                #expect(both.all.isEmpty)
                try await migration.move("{t}b")
                try await migration.finish()
                try await eventually("There is no answer.") { both.all.count == 1 }
                let pair: [RedisValue] = [.bytes([UInt8]("{t}a")), .bytes([UInt8]("{t}b"))]
                #expect(both.all == [.success(.array(pair))])
                // MOVED.
                _ = try await client.send(RedisCommand("SET", "{t}a", "there", key: "{t}a"))
                #expect(try await migration.target.cli("GET", "{t}a") == "there")
                try await eventually("The channel did not follow.") {
                    record.subscriptions(to: "{t}news") == 2
                }
                #expect(record.interruptions(of: "{t}news") == 1)
                let publish = RedisCommand("SPUBLISH", "{t}news", "hello", key: "{t}news")
                #expect(try await client.send(publish) == .integer(1))
                try await eventually("The message is missing.") {
                    record.messages(on: "{t}news") == ["hello"]
                }
            }
        }

        @Test("A master that is killed is followed by its replica")
        func followsPromotion() async throws {
            let cluster = try await RedisCluster()
            try await withClient(cluster.address) { client in
                let record = PushRecord()
                let channels = (0..<64).map { "{m\($0)}news" }
                client.subscribe(to: channels.map { [UInt8]($0) }) { record.note($0) }
                try await eventually("Not subscribed.") {
                    channels.allSatisfy { record.subscriptions(to: $0) == 1 }
                }
                let victim = try await cluster.master(of: channels[7])
                victim.kill()
                let command = RedisCommand("SET", channels[7], "x", key: channels[7])
                try await eventually("Nobody has taken over.") {
                    (try? await client.send(command)) == .status("OK")
                }
                try await eventually("Not subscribed again.") {
                    channels.allSatisfy {
                        record.subscriptions(to: $0) == 1 + record.interruptions(of: $0)
                    } && record.subscriptions(to: channels[7]) == 2
                }
                for channel in channels {
                    let publish = RedisCommand("SPUBLISH", channel, "m", key: channel)
                    #expect(try await client.send(publish) == .integer(1))
                }
                try await eventually("Messages are missing.") {
                    channels.allSatisfy { record.messages(on: $0) == ["m"] }
                }
                try await eventually("It isn't well.") {
                    client.condition.isServing && client.condition.nodes.count == 3
                }
                // The old master comes back as a replica, and nobody is led astray.
                try await victim.start()
                try await eventually("It doesn't come back.") { try await cluster.isSettled }
                for channel in channels {
                    _ = try await client.send(RedisCommand("SET", channel, "y", key: channel))
                }
            }
        }

        @Test("A master that is frozen is left as soon as the others have replaced it")
        func leavesFrozenMaster() async throws {
            let cluster = try await RedisCluster()
            // By its own patience alone it would wait for ever.
            try await withClient(cluster.address) {
                $0.commandTimeout = .seconds(600)
                $0.probeTimeout = .seconds(600)
            } _: { client in
                let command = RedisCommand("SET", "a", "x", key: "a")
                #expect(try await client.send(command) == .status("OK"))
                let victim = try await cluster.master(of: "a")
                victim.freeze()
                defer { victim.thaw() }
                // Whether it has done what it was asked last isn't known.
                await #expect(throws: RedisError.self) { try await client.send(command) }
                try await eventually("Nobody has taken over.") {
                    (try? await client.send(command)) == .status("OK")
                }
            }
        }

        @Test("While slots move under load nothing is lost and nothing done twice")
        func survivesResharding() async throws {
            let cluster = try await RedisCluster()
            try await withClient(cluster.address) { client in
                let keys = (0..<200).map { "n\($0)" }
                let script = RedisScript("return redis.call('INCR', KEYS[1])")
                let record = AnswerRecord()
                let isDone = Mutex(false)
                async let resharding: Void = {
                    defer { isDone.withLock { $0 = true } }
                    try await cluster.reshard(600, from: 0, to: 1)
                    try await cluster.reshard(600, from: 1, to: 2)
                }()
                var sent = 0
                while !isDone.withLock(\.self) || sent < 10_000 {
                    for key in keys {
                        client.submit(
                            RedisCommand(script, keys: [[UInt8](key)], arguments: []),
                            timeout: .seconds(20),
                            completion: record.note
                        )
                    }
                    sent += keys.count
                    try await eventually("Answers are missing.") { record.all.count == sent }
                }
                try await resharding
                #expect(record.errors == [])
                var sum = 0
                for key in keys {
                    let value = try await client.send(RedisCommand("GET", key, key: key))
                    sum += value.text.flatMap { Int($0) } ?? 0
                }
                #expect(sum == sent)
                #expect(client.counters.redirections > 0)
            }
        }
    }
}
