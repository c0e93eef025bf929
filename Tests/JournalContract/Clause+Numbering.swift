import Hub

/// Offsets, reading, heads and epochs.
extension Clause {
    static let numbering = [
        Clause("Offsets are dense from 1 in each topic") { subject in
            var drafts = Drafts()
            for topic in [Drafts.topic("a"), Drafts.topic("b")] {
                var expected: Offset = 0
                for count in [1, 3, 0, 7] {
                    let records = try await subject.journal.append(
                        drafts.next(count),
                        to: topic,
                        expecting: nil
                    )
                    for record in records {
                        expected += 1
                        try demand(record.offset == expected, "\(record.offset), not \(expected)")
                    }
                }
                let head = try await subject.journal.head(of: topic)
                try demand(head.offset == 11, "The head is \(head.offset) after 11 records")
            }
        },
        Clause("What is read is what was appended, after the offset and up to the limit") {
            subject in
            let topic = Drafts.topic("read")
            var drafts = Drafts()
            let sent = [
                drafts.next(author: "ада", key: "k", payload: #"{"a":"\u0000 é 👍"}"#),
                drafts.next(payload: "[" + String(repeating: "7,", count: 35_000) + "7]"),
                drafts.next(author: "", type: "", payload: "{}"),
            ]
            let records = try await subject.journal.append(sent, to: topic, expecting: nil)
            for (draft, record) in zip(sent, records) {
                try demand(record == Record(draft, offset: record.offset), "A record was changed")
            }
            for after in 0...4 {
                for limit in 0...4 {
                    let read = try await subject.journal.read(
                        topic,
                        after: Offset(after),
                        limit: limit
                    )
                    let expected = Array(records.dropFirst(after).prefix(limit))
                    try demand(read == expected, "Wrong records after \(after), limit \(limit)")
                }
            }
            let beyond = try await subject.journal.read(topic, after: .max, limit: 10)
            try demand(beyond.isEmpty, "There are records after the last offset of all")
        },
        Clause("A topic nobody wrote to is empty, and its epoch stays once it was asked for") {
            subject in
            let topic = Drafts.topic("nobody")
            let read = try await subject.journal.read(topic, after: 0, limit: 10)
            try demand(read.isEmpty, "An unknown topic has records")
            let first = try await subject.journal.head(of: topic)
            try demand(first.offset == 0, "An unknown topic's head is \(first.offset)")
            var drafts = Drafts()
            _ = try await subject.journal.append([drafts.next()], to: topic, expecting: nil)
            let second = try await subject.journal.head(of: topic)
            try demand(first.epoch == second.epoch, "The epoch changed with the first record")
            let later = try await subject.reopened().head(of: topic)
            try demand(later == second, "\(second) became \(later)")
        },
        Clause("Expecting another head is a conflict that names the head and stores nothing") {
            subject in
            let topic = Drafts.topic("conflict")
            var drafts = Drafts()
            _ = try await subject.journal.append(drafts.next(2), to: topic, expecting: 0)
            for expecting in [Offset(0), 1, 3, .max] {
                let draft = drafts.next()
                let refusal = await refusal {
                    try await subject.journal.append([draft], to: topic, expecting: expecting)
                }
                try demand(
                    refusal == .conflict(head: 2),
                    "\(String(describing: refusal)) for \(expecting) at 2"
                )
            }
            let records = try await subject.journal.append(drafts.next(1), to: topic, expecting: 2)
            try demand(records.map(\.offset) == [3], "A conflict left something behind")
        },
    ]

    private static func refusal(
        _ append: () async throws -> [Record]
    ) async -> JournalError? {
        do {
            _ = try await append()
            return nil
        } catch {
            return error as? JournalError
        }
    }
}
