import Hub

/// Many writers at once, against a model.
extension Clause {
    private static let seeds: [UInt64] = [1, 20, 300]

    static let order = seeds.map { seed in
        Clause("Writers at the same time lose, mix up and repeat nothing, seed \(seed)") {
            subject in
            let topics = (0..<4).map { Drafts.topic("busy-\(seed)-\($0)") }
            try await withThrowingTaskGroup(of: [(TopicID, Record)].self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        try await Self.write(
                            subject.journal,
                            topics,
                            writer: writer,
                            seed: seed &+ UInt64(writer)
                        )
                    }
                }
                var acknowledged: [TopicID: [Record]] = [:]
                for try await answers in group {
                    for (topic, record) in answers {
                        acknowledged[topic, default: []].append(record)
                    }
                }
                let reopened = try await subject.reopened()
                for topic in topics {
                    let stored = try await reopened.read(topic, after: 0, limit: 100_000)
                    try compare(stored, Set(acknowledged[topic] ?? []))
                }
            }
        }
    }

    /// Appends in order, repeats some keys, and gives all that it was told was stored.
    private static func write(
        _ journal: any Journal,
        _ topics: [TopicID],
        writer: Int,
        seed: UInt64
    ) async throws -> [(TopicID, Record)] {
        var random = SeededGenerator(seed: seed)
        var drafts = Drafts(after: Int64(writer + 1) * 1_000_000)
        var answers: [(TopicID, Record)] = []
        var last: [TopicID: Offset] = [:]
        for turn in 0..<60 {
            let topic = topics[Int.random(in: topics.indices, using: &random)]
            let batch = (0..<Int.random(in: 0...6, using: &random)).map { index in
                // Every key is shared by all writers and most are used more than once.
                let key =
                    Bool.random(using: &random)
                    ? "k\(Int.random(in: 0..<80, using: &random))" : nil
                return drafts.next(
                    author: key == nil ? "w\(writer)" : "all",
                    key: key,
                    payload: #"{"turn":\#(turn),"index":\#(index)}"#
                )
            }
            let records = try await journal.append(batch, to: topic, expecting: nil)
            try demand(records.count == batch.count, "\(records.count) answers to \(batch.count)")
            for (draft, record) in zip(batch, records) {
                answers.append((topic, record))
                guard record.id == draft.id else {
                    try demand(record.key == draft.key && draft.key != nil, "A stranger's record")
                    continue
                }
                let earlier = last[topic] ?? 0
                try demand(record.offset > earlier, "\(record.offset) came after \(earlier)")
                last[topic] = record.offset
            }
        }
        return answers
    }

    private static func compare(_ stored: [Record], _ acknowledged: Set<Record>) throws {
        try demand(
            stored.map(\.offset) == (0..<stored.count).map { Offset($0 + 1) },
            "Offsets are not dense"
        )
        try demand(Set(stored.map(\.id)).count == stored.count, "A record is stored twice")
        let keys = stored.compactMap(\.key)
        try demand(Set(keys).count == keys.count, "A key is stored twice")
        try demand(Set(stored) == acknowledged, "What is stored is not what was acknowledged")
    }
}
