import Hub
import Synchronization
import Testing

@testable import Cluster

extension LiveRedis {
    @Suite("The bus over Redis", .serialized)
    struct BusOverRedis {
        private static let incarnations = ["00000000000000a1", "00000000000000a2"]

        /// Two buses, and what the second has heard.
        private func withBuses(
            _ server: RedisServer,
            _ body: (RedisBus, BusRecord) async throws -> Void
        ) async throws {
            try await withClient(server.address) { client in
                try await withClient(server.address) { other in
                    let record = BusRecord()
                    let nodes = Self.incarnations.map {
                        Neighbour(name: $0, incarnation: $0, address: "")
                    }
                    let buses = zip([client, other], Self.incarnations).map { client, own in
                        let isSecond = own == Self.incarnations[1]
                        return RedisBus(
                            client,
                            incarnation: own,
                            logger: silent,
                            nodes: { (nodes, .now) },
                            listener: isSecond ? record.listener : BusRecord().listener
                        )
                    }
                    for bus in buses { bus.start() }
                    defer { for bus in buses { bus.stop() } }
                    try await eventually("A bus is not there.") {
                        buses.allSatisfy { $0.reachable.count == 1 } && record.gaps == 64
                    }
                    try await body(buses[0], record)
                }
            }
        }

        private func typing(_ number: Int) -> PeerMessage {
            .shown(
                Ephemeral(
                    event: "typing",
                    author: "u\(number)",
                    at: Timestamp(milliseconds: 0),
                    payload: Array("{}".utf8)
                )
            )
        }

        @Test("A storm is heard in order, in few publications, and not by who told it")
        func storm() async throws {
            let server = try await RedisServer()
            try await withBuses(server) { bus, record in
                let topic = try TopicID("room:g")
                for number in 0..<5000 { bus.tell(typing(number), of: topic) }
                try await eventually("Not all was heard.") { record.authors.count == 5000 }
                #expect(record.authors == (0..<5000).map { "u\($0)" })
                #expect(bus.counters.publications < 500)
                #expect(bus.counters.heard == 0)
            }
        }

        @Test("While Redis is away typing is dropped, and who came is told when it is back")
        func outage() async throws {
            let server = try await RedisServer()
            try await withBuses(server) { bus, record in
                let topic = try TopicID("room:g")
                server.kill()
                bus.tell(typing(1), of: topic)
                try await eventually("The failure is not noticed.") { bus.reachable.isEmpty }
                bus.tell(typing(2), of: topic)
                let share = PresenceShare(previous: nil, revision: 7, users: ["ada": 1])
                bus.tell(.presence(share), of: topic)
                try await server.start()
                try await eventually("Nothing is told.") { record.shares == [share] }
                #expect(record.authors.isEmpty)
                #expect(bus.counters.dropped >= 1)
                try await eventually("The gap is not noticed.") { record.gaps == 128 }
                try await eventually("Nobody can be reached.") { bus.reachable.count == 1 }
            }
        }

        @Test("Nonsense on the channel is counted, and what follows is heard")
        func nonsense() async throws {
            let server = try await RedisServer()
            try await withBuses(server) { bus, record in
                let topic = try TopicID("room:g")
                try await server.cli("publish", "martlet:{\(Partition(of: topic))}:bus", "nonsense")
                bus.tell(typing(1), of: topic)
                try await eventually("Nothing was heard.") { record.authors == ["u1"] }
            }
        }
    }

    @Suite("What is once in a cluster", .serialized)
    struct OncePerCluster {
        @Test("One node has the right to work; another takes it over, with a higher fence")
        func lease() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                func lease(_ holder: String) -> WorkLease {
                    WorkLease(
                        "sweeping",
                        client: client,
                        prefix: "m",
                        holder: holder,
                        term: .seconds(3)
                    )
                }
                let (one, two) = (lease("one"), lease("two"))
                #expect(await one.hold())
                #expect(await !two.hold())
                #expect(await one.hold())
                let first = try #require(one.fence)
                // One goes on without a word; its right ends by itself.
                try await eventually("It is not taken over.") { await two.hold() }
                #expect(one.fence == nil)
                #expect(try #require(two.fence) > first)
                await two.giveBack()
                #expect(await one.hold())
            }
        }

        @Test("What one node posts the others learn, also those that come later or lost Redis")
        func bulletin() async throws {
            let server = try await RedisServer()
            try await withClient(server.address) { client in
                let (one, two) = (BoardReader(client), BoardReader(client))
                let running = [one, two].map { reader in Task { await reader.bulletin.run() } }
                defer { for task in running { task.cancel() } }
                one.add("first")
                try await eventually("Not learnt.") { two.lines == ["first"] }
                try await server.cli("flushall")
                two.add("second")
                try await eventually("Not learnt after the loss.") {
                    one.lines == ["first", "second"]
                }
                let three = BoardReader(client)
                try await eventually("A new node has not learnt it.") {
                    await three.bulletin.look()
                    return three.lines == ["first", "second"]
                }
            }
        }
    }
}

/// Notes what a bus tells.
private final class BusRecord: Sendable {
    private struct State {
        var authors: [String] = []
        var shares: [PresenceShare] = []
        var gaps = 0
    }

    private let state = Mutex(State())

    var authors: [String] { state.withLock { $0.authors } }
    var shares: [PresenceShare] { state.withLock { $0.shares } }
    var gaps: Int { state.withLock { $0.gaps } }

    var listener: RedisBus.Listener {
        RedisBus.Listener(
            hear: { [self] message, _, _ in
                state.withLock { state in
                    switch message {
                    case .shown(let ephemeral): state.authors.append(ephemeral.author)
                    case .presence(let share): state.shares.append(share)
                    default: break
                    }
                }
            },
            news: { [self] news, _ in
                if case .gap = news { state.withLock { $0.gaps += 1 } }
            }
        )
    }
}

/// A node that knows lines, and learns those of others.
private final class BoardReader: Sendable {
    let bulletin: Bulletin
    private let known: Known

    private final class Known: Sendable {
        let lines = Mutex<Set<String>>([])
    }

    init(_ client: RedisClient) {
        let known = Known()
        self.known = known
        bulletin = Bulletin(
            "words",
            client: client,
            prefix: "m",
            logger: silent,
            source: Bulletin.Source(
                lines: {
                    known.lines.withLock(\.self).map {
                        Bulletin.Line(
                            text: Array($0.utf8),
                            expires: Timestamp(milliseconds: 4_000_000_000_000)
                        )
                    }
                },
                learn: { lines in
                    known.lines.withLock {
                        $0.formUnion(lines.map { String(decoding: $0, as: UTF8.self) })
                    }
                }
            )
        )
    }

    var lines: Set<String> { known.lines.withLock(\.self) }

    func add(_ line: String) {
        known.lines.withLock { _ = $0.insert(line) }
        bulletin.post()
    }
}
