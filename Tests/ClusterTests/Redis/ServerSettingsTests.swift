import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("The servers' settings", .serialized)
    struct ServerSettings {
        @Test("What would cost data is said, and that it could not be looked at")
        func warns() async throws {
            let risky = try await RedisServer(["maxmemory-policy allkeys-lru"])
            let replica = try await RedisServer(["replicaof 127.0.0.1 \(risky.port)"])
            try await eventually("The replica is not there.") {
                try await replica.cli("ROLE").contains("connected")
            }
            #expect(try await warnings(of: risky.address).count == 3)
            let sound = try await RedisServer(["appendonly yes"])
            #expect(try await warnings(of: sound.address) == [])
            let closed = try await RedisServer(["user default on nopass ~* &* +@all -config"])
            let refused = try await warnings(of: closed.address)
            #expect(refused.count == 1 && refused[0].contains("could not be looked at"))
        }

        private func warnings(of address: String) async throws -> [String] {
            try await withClient(address) { client in
                try await eventually("It isn't well.") { client.condition.isServing }
                return await client.settingsWarnings()
            }
        }

        @Test("A user who may not ask what there is can still work, and a probe is not forced")
        func worksWithLittle() async throws {
            let server = try await RedisServer([
                "user default on nopass ~* resetchannels &c &probe:none* "
                    + "+get +set +publish +subscribe +unsubscribe -info -role -cluster -client"
            ])
            try await withClient(server.address) { client in
                let record = PushRecord()
                client.subscribe(to: [[UInt8]("c")]) { record.note($0) }
                #expect(
                    try await client.send(RedisCommand("SET", "a", "b", key: "a")) == .status("OK")
                )
                try await eventually("Not subscribed.") { record.subscriptions(to: "c") == 1 }
                try await eventually("The refusal isn't shown.") {
                    client.condition.nodes.first?.probeRefusal != nil
                }
                _ = try await client.send(RedisCommand("PUBLISH", "c", "hello"))
                try await eventually("The message is missing.") {
                    record.messages(on: "c") == ["hello"]
                }
                #expect(record.interruptions(of: "c") == 0)
            }
        }
    }
}
