import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("Up, but not well", .serialized)
    struct Liveness {
        private func hasten(_ settings: inout RedisSettings) {
            settings.probeInterval = .milliseconds(100)
            settings.probeTimeout = .milliseconds(600)
            settings.commandTimeout = .milliseconds(900)
        }

        private func listening(_ client: RedisClient) async throws -> PushRecord {
            let record = PushRecord()
            client.subscribe(to: [[UInt8]("c")]) { record.note($0) }
            try await eventually("Not subscribed.") { record.subscriptions(to: "c") == 1 }
            try await eventually("No probe came back.") {
                client.condition.nodes.first?.probeRoundTrip != nil
            }
            return record
        }

        private func hearsAgain(_ client: RedisClient, _ record: PushRecord) async throws {
            try await eventually("Not subscribed again.") {
                record.subscriptions(to: "c") == 1 + record.interruptions(of: "c")
                    && record.subscriptions(to: "c") > 1
            }
            try await eventually("The message is missing.") {
                _ = try? await client.send(RedisCommand("PUBLISH", "c", "hello"))
                return record.messages(on: "c").contains("hello")
            }
        }

        @Test("A server that stands still is noticed by commands and by the probe")
        func noticesStandstill() async throws {
            let server = try await RedisServer()
            try await withClient(server.address, hasten) { client in
                let record = try await listening(client)
                server.freeze()
                await #expect(throws: RedisError.timedOut) {
                    try await client.send(RedisCommand("GET", "a", key: "a"))
                }
                try await eventually("The subscription isn't missed.") {
                    record.interruptions(of: "c") > 0
                }
                // What was never written is refused without doubt.
                let later = await #expect(throws: RedisError.self) {
                    try await client.send(RedisCommand("GET", "a", key: "a"))
                }
                #expect(later?.mayHaveBeenCarriedOut == false || later == .timedOut)
                server.thaw()
                try await hearsAgain(client, record)
            }
        }

        @Test("A subscription that the server cuts is made anew")
        func survivesCut() async throws {
            let server = try await RedisServer()
            try await withClient(server.address, hasten) { client in
                let record = try await listening(client)
                #expect(try await server.cli("CLIENT", "KILL", "TYPE", "pubsub") == "1")
                try await hearsAgain(client, record)
                #expect(client.counters.deafness == 0)
            }
        }

        @Test("A subscription that is up but deaf is made anew")
        func noticesDeafness() async throws {
            let server = try await RedisServer()
            let proxy = try DeafeningProxy(to: server)
            try await withClient(proxy.address, hasten) { client in
                let record = try await listening(client)
                proxy.deafen(true)
                try await eventually("Nobody noticed.") { client.counters.deafness > 0 }
                #expect(record.interruptions(of: "c") == 1)
                // Commands go on all the while.
                #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
                proxy.deafen(false)
                try await hearsAgain(client, record)
            }
        }

        @Test("Past its bounds the client is busy, and well again when the server answers")
        func isBounded() async throws {
            let server = try await RedisServer()
            try await withClient(server.address, { $0.commandsMaximum = 100 }) { client in
                _ = try await client.send(RedisCommand("PING"))
                server.freeze()
                let record = AnswerRecord()
                for _ in 0..<1000 {
                    client.submit(RedisCommand("INCR", "n", key: "n"), completion: record.note)
                }
                try await eventually("It takes everything.") { record.errors.count >= 900 }
                #expect(record.errors.allSatisfy { $0 == .busy })
                server.thaw()
                try await eventually("Answers are missing.") { record.all.count == 1000 }
                #expect(record.integers == Array(1...Int64(record.integers.count)))
                #expect(record.integers.count == 100)
            }
        }
    }
}
