import Hub
import JournalContract
import Testing

@testable import Cluster

extension LiveRedis {
    /// What the simulations find holds for Redis only as far as their model does what the scripts
    /// do.
    @Test("The model of the log answers as the scripts in Redis do")
    static func model() async throws {
        let server = try await RedisServer()
        try await withClient(server.address) { client in
            try await eventually("Redis is not found") { client.publishCommand != nil }
            var kinds: Set<String> = []
            for seed in UInt64(1)...12 {
                var settings = RedisLog.Settings()
                settings.prefix = "model-\(seed)"
                settings.entriesKept = 6
                settings.claimWindow = .zero
                settings.term = .seconds(3600)
                settings.turn = .seconds(3600)
                var model = ModelStream.Settings()
                model.entriesKept = 6
                model.term = 3_600_000
                model.turn = 3_600_000
                var comparison = LogComparison(
                    RedisLog(client, settings: settings, logger: silent),
                    ModelLog(model),
                    seed: seed
                )
                for step in 0..<250 {
                    let difference = try await comparison.step()
                    #expect(difference == nil, "Seed \(seed), step \(step)")
                    if difference != nil { break }
                }
                kinds.formUnion(comparison.kinds)
            }
            #expect(kinds.count == 15, "\(kinds)")
        }
    }

    /// A failover may go back to the moment at which a restoration had begun: what is there then is
    /// another's, which was given up in the middle.
    @Test("What a restoration has filled is none of the next one's")
    static func pieces() async throws {
        let server = try await RedisServer()
        try await withClient(server.address) { client in
            try await eventually("Redis is not found") { client.publishCommand != nil }
            var settings = RedisLog.Settings()
            settings.claimWindow = .zero
            let log = RedisLog(client, settings: settings, logger: silent)
            let topic = try TopicID("room:r")
            let partition = Partition(of: topic)
            for token in UInt64(1)...2 {
                let claim = Claim(node: "a", bookmark: nil, token: token)
                guard case .elected = try await log.claim(claim, on: partition) else {
                    Issue.record("The only claimant is not elected")
                    return
                }
                #expect(try await log.fill(token, [topic: 1], after: 0, partition) == false)
                #expect(try await log.fill(token, [topic: 1], after: 1, partition) == false)
                if token == 2 { break }
                #expect(try await log.clear(token, partition))
                #expect(try await log.fill(token, [topic: 1], after: 0, partition))
            }
        }
    }
}

extension RedisLog {
    /// A restoration's steps, of which the last never comes.
    fileprivate func clear(_ token: UInt64, _ partition: Partition) async throws -> Bool {
        try await step(LogScripts.clear, [bytes(token)], partition)
    }

    fileprivate func fill(
        _ token: UInt64,
        _ heads: [TopicID: Offset],
        after pieces: Int,
        _ partition: Partition
    ) async throws -> Bool {
        let pairs = heads.flatMap { [Array($0.text.utf8), bytes($1)] }
        let counts = [bytes(token), bytes(pieces), bytes(heads.count)]
        return try await step(LogScripts.fill, counts + pairs, partition)
    }

    private func step(
        _ script: RedisScript,
        _ arguments: [[UInt8]],
        _ partition: Partition
    ) async throws -> Bool {
        let keys = keys[partition.number]
        let places = [keys.meta, keys.log, keys.heads, keys.keys]
        return try await run(script, places, arguments).first?.integer == 1
    }
}

/// Asks two logs the same, at random, and compares their answers.
private struct LogComparison {
    private let redis: RedisLog
    private let model: ModelLog
    private var random: SeededGenerator
    private let partition: Partition
    private let topics: [TopicID]
    private var lastID: Int64 = 0
    /// Of the node that is elected, and what it was given.
    private var elected: (token: UInt64, epoch: Epoch)?
    /// Entries that were in the log at some time: what nodes may have.
    private var seen: [LoggedEntry] = []
    /// Of answers that came: the comparison would prove nothing without some of them.
    private(set) var kinds: Set<String> = []

    init(_ redis: RedisLog, _ model: ModelLog, seed: UInt64) {
        self.redis = redis
        self.model = model
        random = SeededGenerator(seed: seed)
        let names = (0..<400).compactMap { try? TopicID(.user, "t\($0)") }
        partition = Partition(of: names[0])
        topics = Array(names.filter { [partition] in Partition(of: $0) == partition }.prefix(2))
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }

    /// What one said and the other didn't.
    mutating func step() async throws -> String? {
        switch random.next() % 21 {
        case 20: try await leave()
        case 0...11: try await append()
        case 12...13: try await read()
        case 14...15: try await claim()
        case 16...17: try await restore()
        case 18: try await abandon()
        default: try await place()
        }
    }

    private mutating func difference<Answer: Equatable>(
        _ kind: String,
        _ left: Answer,
        _ right: Answer
    ) -> String? {
        kinds.insert(kind)
        return left == right ? nil : "Redis: \(left); the model: \(right)"
    }

    /// As somebody may have it: the log's own, an earlier one, or one that was lost.
    private mutating func bookmark() async throws -> Bookmark {
        let place = try await model.place(of: partition)
        var bookmark = place?.bookmark ?? Bookmark(epoch: Epoch(7))
        guard !seen.isEmpty, random.next() % 3 != 0 else { return bookmark }
        let entry = one(of: Array(seen.suffix(8))).entry
        (bookmark.sequence, bookmark.entry) = (entry.sequence, entry.id)
        if random.next() % 8 == 0 { bookmark.epoch = Epoch(3) }
        if random.next() % 8 == 0 { bookmark.entry = 5 }
        return bookmark
    }

    private mutating func append() async throws -> String? {
        let topic = one(of: topics)
        let drafts = (0..<(1 + Int(random.next() % 3))).map { _ -> Draft in
            lastID += 1
            let mayRepeat = Int64(random.next() % 12) == 0
            return Draft(
                id: RecordID(mayRepeat ? max(1, lastID - 4) : lastID),
                author: random.next() % 2 == 0 ? "ada" : "bob",
                at: Timestamp(milliseconds: lastID),
                key: random.next() % 2 == 0 ? "key\(random.next() % 40)" : nil,
                type: "noted",
                payload: [UInt8]("{}"),
                isBinary: random.next() % 4 == 0
            )
        }
        let proposal = Proposal(
            node: one(of: ["a", "b", "c"]),
            partition: partition,
            bookmark: try await bookmark(),
            id: random.next(),
            topic: topic,
            expecting: random.next() % 2 == 0 ? random.next() % 8 : nil,
            drafts: drafts,
            isReturn: random.next() % 4 == 0
        )
        let left = try await redis.append(proposal)
        let right = try await model.append(proposal)
        seen += try await model.read(partition, after: 0, limit: 100).suffix(1)
        return difference(Self.kind(of: left), left, right)
    }

    /// What it does is seen in the next appends' answers.
    private mutating func leave() async throws -> String? {
        let (topic, node) = (one(of: topics), one(of: ["a", "b", "c"]))
        try await redis.leave(topic, node)
        try await model.leave(topic, node)
        return nil
    }

    private static func kind(of verdict: Verdict) -> String {
        switch verdict {
        case .stored: "stored"
        case .conflict: "conflict"
        case .repeated: "repeated"
        case .elsewhere: "elsewhere"
        }
    }

    private mutating func read() async throws -> String? {
        let after = random.next() % 12
        let limit = 1 + Int(random.next() % 8)
        let left = try await redis.read(partition, after: after, limit: limit)
        let right = try await model.read(partition, after: after, limit: limit)
        return difference("read", left.map(Self.text), right.map(Self.text))
    }

    private static func text(_ entry: LoggedEntry) -> String {
        let (epoch, previous, entry) = (entry.epoch, entry.previous, entry.entry)
        return "\(epoch) \(previous) \(entry.id) \(entry.sequence) \(entry.topic) \(entry.records)"
    }

    private mutating func place() async throws -> String? {
        let left = try await redis.place(of: partition)
        let right = try await model.place(of: partition)
        return difference("place", left, right)
    }

    private mutating func claim() async throws -> String? {
        let claim = Claim(
            node: one(of: ["a", "b", "c"]),
            bookmark: random.next() % 6 == 0 ? nil : try await bookmark(),
            token: random.next()
        )
        let left = try await redis.claim(claim, on: partition)
        let right = try await model.claim(claim, on: partition)
        // The epochs are chosen by chance.
        if case .elected(let epoch) = left, case .elected = right {
            elected = (claim.token, epoch)
            kinds.insert("elected")
            return nil
        }
        let isWaiting = left == .waiting
        return difference(isWaiting ? "waiting" : "over", left, right)
    }

    /// Steps of a restoration that is given up, or whose first ones a failover has lost.
    private mutating func abandon() async throws -> String? {
        guard let (token, _) = elected else { return nil }
        if random.next() % 2 == 0 {
            let left = try await redis.clear(token, partition)
            let right = model.clear(token, partition)
            if let found = difference(left ? "cleared" : "not cleared", left, right) {
                return found
            }
        }
        let heads = [one(of: topics): random.next() % 8]
        let pieces = Int(random.next() % 3)
        let left = try await redis.fill(token, heads, after: pieces, partition)
        let right = model.fill(token, heads, after: pieces, partition)
        return difference(left ? "filled" : "not filled", left, right)
    }

    private mutating func restore() async throws -> String? {
        guard let (token, epoch) = elected else { return nil }
        let count = random.next() % 6
        let start = random.next() % 4
        var heads: [TopicID: Offset] = [:]
        let tail = (0..<count).map { index -> Entry in
            lastID += 1
            let topic = one(of: topics)
            heads[topic, default: 0] += 1
            let record = Record(
                id: RecordID(lastID),
                offset: heads[topic] ?? 1,
                author: "ada",
                at: Timestamp(milliseconds: 1),
                key: index % 2 == 0 ? "key\(lastID % 40)" : nil,
                type: "noted",
                payload: [UInt8]("{}")
            )
            return Entry(
                id: random.next(),
                sequence: start + index + 1,
                topic: topic,
                records: [record]
            )
        }
        let restoration = Restoration(
            token: random.next() % 4 == 0 ? token &+ 1 : token,
            bookmark: Bookmark(epoch: epoch, sequence: start + count, entry: tail.last?.id ?? 9),
            heads: heads,
            tail: tail,
            before: 4
        )
        let left = try await redis.restore(restoration, of: partition)
        let right = try await model.restore(restoration, of: partition)
        return difference(left ? "restored" : "refused", left, right)
    }
}
