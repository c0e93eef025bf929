import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("One Redis", .serialized)
    struct SingleServer {
        @Test("Commands of several threads are answered, each thread's in order")
        func keepsOrder() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                let records = (0..<4).map { _ in AnswerRecord() }
                await withTaskGroup(of: Void.self) { group in
                    for (thread, record) in records.enumerated() {
                        group.addTask {
                            for _ in 0..<2500 {
                                let command = RedisCommand("INCR", "n\(thread)", key: "n")
                                client.submit(command, completion: record.note)
                            }
                        }
                    }
                }
                try await eventually("Answers are missing.") {
                    records.allSatisfy { $0.all.count == 2500 }
                }
                #expect(records.allSatisfy { $0.integers == Array(1...2500) })
                try await eventually("Not counted.") { client.counters.commands == 10_000 }
            }
        }

        @Test("Any bytes survive the way to Redis and back")
        func isBinarySafe() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                for size in [0, 1, 256, 70_000, 3_000_000] {
                    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
                    let key = [UInt8]("k\r\n\0")
                    _ = try await client.send(RedisCommand([[UInt8]("SET"), key, bytes], key: key))
                    let answer = try await client.send(
                        RedisCommand([[UInt8]("GET"), key], key: key)
                    )
                    #expect(answer == .bytes(bytes))
                }
                let missing = try await client.send(RedisCommand("GET", "none", key: "none"))
                #expect(missing == .null)
            }
        }

        @Test("Errors are thrown as Redis words them, and those in arrays are values")
        func tellsErrors() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                await #expect(
                    throws: RedisError.server(
                        RedisServerError("ERR value is not an integer or out of range")
                    )
                ) {
                    _ = try await client.send(RedisCommand("SET", "a", "text", key: "a"))
                    _ = try await client.send(RedisCommand("INCR", "a", key: "a"))
                }
                let script = RedisScript(
                    "return {1, redis.pcall('INCR', KEYS[1]), redis.status_reply('FINE')}"
                )
                let answer = try await client.run(script, keys: [[UInt8]("a")])
                let values = try #require(answer.array)
                #expect(values[0] == .integer(1) && values[2] == .status("FINE"))
                guard case .error(let error) = values[1] else {
                    Issue.record("No error: \(values[1])")
                    return
                }
                #expect(error.code == "ERR")
            }
        }

        @Test("A script that the server has forgotten is given to it again, unnoticed")
        func reloadsScripts() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                let script = RedisScript("return redis.call('INCRBY', KEYS[1], ARGV[1])")
                let key = [UInt8]("sum")
                for round in 1...4 {
                    let record = AnswerRecord()
                    let call = RedisCommand(script, keys: [key], arguments: [[UInt8]("2")])
                    for _ in 0..<50 { client.submit(call, completion: record.note) }
                    try await eventually("Answers are missing.") { record.all.count == 50 }
                    #expect(record.integers.max() == Int64(100 * round))
                    try await server.cli("SCRIPT", "FLUSH")
                }
                #expect(client.counters.errors == 0)
            }
        }

        @Test("What is published arrives, again after the server was killed and started anew")
        func hears() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                let record = PushRecord()
                client.subscribe(to: (0..<250).map { [UInt8]("c\($0)") }) { record.note($0) }
                try await eventually("Not subscribed.") {
                    record.subscriptions(to: "c0") == 1 && record.subscriptions(to: "c249") == 1
                }
                #expect(client.publishCommand == "PUBLISH")
                for number in 0..<100 {
                    let command = RedisCommand("PUBLISH", "c7", "\(number)")
                    #expect(try await client.send(command) == .integer(1))
                }
                try await eventually("Messages are missing.") {
                    record.messages(on: "c7").count == 100
                }
                #expect(record.messages(on: "c7") == (0..<100).map(String.init))
                server.kill()
                try await eventually("Nobody noticed.") { record.interruptions(of: "c7") == 1 }
                try await server.start()
                try await eventually("Not subscribed again.") {
                    record.subscriptions(to: "c7") == 2
                }
                _ = try await client.send(RedisCommand("PUBLISH", "c7", "again"))
                try await eventually("The message is missing.") {
                    record.messages(on: "c7").last == "again"
                }
            }
        }

        @Test("Commands are repeated only if they were never written")
        func survivesKill() async throws {
            let server = try await RedisServer(["appendonly yes", "appendfsync always"])
            try await withClient(server.address) { client in
                _ = try await client.send(RedisCommand("SET", "n", "0", key: "n"))
                server.kill()
                try await eventually("Nobody noticed.") { !client.condition.isServing }
                let record = AnswerRecord()
                for _ in 0..<100 {
                    let command = RedisCommand("INCR", "n", key: "n")
                    client.submit(command, timeout: .seconds(25), completion: record.note)
                }
                try await server.start()
                try await eventually("Commands have no answer.") { record.all.count == 100 }
                #expect(record.integers == Array(1...100))
                let sum = try await client.send(RedisCommand("GET", "n", key: "n"))
                #expect(sum.text == "100")
            }
        }

        @Test("Through kills nothing acknowledged is lost, and nothing is done twice")
        func countsThroughKills() async throws {
            let server = try await RedisServer(["appendonly yes", "appendfsync always"])
            try await withClient(server.address) { client in
                let record = AnswerRecord()
                let script = RedisScript("return redis.call('HINCRBY', KEYS[1], ARGV[1], 1)")
                var sent = 0
                func submit(_ count: Int) {
                    for number in sent..<sent + count {
                        let name = [UInt8]("\(number)")
                        let call = RedisCommand(script, keys: [[UInt8]("h")], arguments: [name])
                        client.submit(call, timeout: .seconds(25), completion: record.note)
                    }
                    sent += count
                }
                for _ in 0..<6 {
                    // The kill falls somewhere in the middle of these.
                    submit(400)
                    try await eventually("Nothing is answered.") { record.all.count > sent - 380 }
                    server.kill()
                    submit(20)
                    try await server.start()
                    try await eventually("Answers are missing.") { record.all.count == sent }
                }
                let values = try await client.send(RedisCommand("HVALS", "h", key: "h"))
                let times = try #require(values.array)
                #expect(times.allSatisfy { $0 == .bytes([UInt8]("1")) })
                #expect(record.integers.allSatisfy { $0 == 1 })
                let perhaps = record.errors.filter(\.mayHaveBeenCarriedOut).count
                #expect(times.count >= record.integers.count)
                #expect(times.count <= record.integers.count + perhaps)
            }
        }

        @Test("Users come in with the right password and wait for nothing with a wrong one")
        func authenticates() async throws {
            let server = try await RedisServer([
                "requirepass se%cret", "user ada on >p:ss@ ~* &* +@all",
            ])
            let place = "127.0.0.1:\(server.port)"
            for who in [":se%25cret", "ada:p%3Ass%40", "default:se%25cret"] {
                try await withClient("redis://\(who)@\(place)/3") { client in
                    let answer = try await client.send(RedisCommand("SET", "a", who, key: "a"))
                    #expect(answer == .status("OK"))
                }
            }
            #expect(try await server.cli("-a", "se%cret", "-n", "3", "DBSIZE") == "1")
            for who in ["", ":wrong@", "ada:wrong@"] {
                try await withClient("redis://\(who)\(place)") { client in
                    let error = await #expect(throws: RedisError.self) {
                        try await client.send(RedisCommand("GET", "a", key: "a"))
                    }
                    guard case .unavailable(let reason) = error else {
                        Issue.record("It ended with \(String(describing: error)).")
                        return
                    }
                    #expect(reason.hasPrefix(who.isEmpty ? "NOAUTH" : "WRONGPASS"))
                }
            }
        }

        @Test("Closing ends everything that waits")
        func closes() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                _ = try await client.send(RedisCommand("PING"))
                server.freeze()
                defer { server.thaw() }
                let record = AnswerRecord()
                for _ in 0..<10 {
                    client.submit(RedisCommand("INCR", "n", key: "n"), completion: record.note)
                }
                client.close()
                try await eventually("Some still wait.") { record.all.count == 10 }
                #expect(record.all.allSatisfy { $0 == .failure(.closed) })
                await #expect(throws: RedisError.closed) {
                    try await client.send(RedisCommand("PING"))
                }
            }
        }
    }
}
