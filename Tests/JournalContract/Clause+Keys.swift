import Hub

/// Idempotency keys.
extension Clause {
    static let keys = [
        Clause("A repeated key gives the first record, also within one append") { subject in
            let topic = Drafts.topic("keys")
            var drafts = Drafts()
            let first = drafts.next(key: "k", payload: #"{"n":1}"#)
            let second = drafts.next(key: "k", payload: #"{"n":2}"#)
            let records = try await subject.journal.append(
                [first, drafts.next(), second, drafts.next(key: "other")],
                to: topic,
                expecting: nil
            )
            try demand(records.map(\.offset) == [1, 2, 1, 3], "Offsets \(records.map(\.offset))")
            try demand(records[2] == records[0], "The repeat is not the first record")
            let again = try await subject.journal.append(
                [drafts.next(key: "k"), drafts.next()],
                to: topic,
                expecting: nil
            )
            try demand(again.map(\.offset) == [1, 4], "Offsets \(again.map(\.offset))")
            try demand(again[0] == records[0], "A later repeat is not the first record")
            let stored = try await subject.journal.read(topic, after: 0, limit: 100)
            try demand(stored.count == 4, "\(stored.count) records are stored, not 4")
        },
        Clause(
            "Where a position is expected, a key that was used before is told, and no draft stored"
        ) {
            subject in
            let topic = Drafts.topic("expected")
            var drafts = Drafts()
            let first = try await subject.journal.append(
                [drafts.next(key: "k"), drafts.next(key: "l")],
                to: topic,
                expecting: 0
            )
            let batch = [drafts.next(), drafts.next(key: "l"), drafts.next(key: "m")]
            let outcome: Result<[Record], JournalError>
            do throws(JournalError) {
                outcome = .success(try await subject.journal.append(batch, to: topic, expecting: 2))
            } catch {
                outcome = .failure(error)
            }
            try demand(outcome == .failure(.repeated([first[1]])), "It ended with \(outcome)")
            // Nothing is left of it: neither a record nor a key.
            let twice = drafts.next(key: "m")
            let next = try await subject.journal.append(
                [twice, drafts.next(key: "m")],
                to: topic,
                expecting: 2
            )
            try demand(next.map(\.offset) == [3, 3], "Offsets \(next.map(\.offset))")
        },
        Clause("A key is an author's and a topic's own") { subject in
            var drafts = Drafts()
            for topic in [Drafts.topic("mine"), Drafts.topic("yours")] {
                for author in ["ada", "bob"] {
                    let records = try await subject.journal.append(
                        [drafts.next(author: author, key: "same")],
                        to: topic,
                        expecting: nil
                    )
                    try demand(records[0].author == author, "Another author's record came back")
                }
                let head = try await subject.journal.head(of: topic)
                try demand(head.offset == 2, "\(head.offset) records in \(topic), not 2")
            }
        },
        Clause("Keys are known for ever: whatever came between, and after a restart") { subject in
            let topic = Drafts.topic("ever")
            var drafts = Drafts()
            let shapes = [
                "a", "", String(repeating: "z", count: 128), "ключ", "01JABCDEFGHJKMNPQRSTVWXYZ0",
                "01jabcdefghjkmnpqrstvwxyz0", "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                "0193A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B", "01234567", "012345678", "\u{0}\u{0}",
            ]
            var firsts: [Record] = []
            for shape in shapes {
                firsts += try await subject.journal.append(
                    [drafts.next(key: shape)],
                    to: topic,
                    expecting: nil
                )
            }
            let offsets = Set(firsts.map(\.offset))
            try demand(offsets.count == shapes.count, "Two keys were taken for one")
            for _ in 0..<20 {
                _ = try await subject.journal.append(drafts.next(100), to: topic, expecting: nil)
            }
            let reopened = try await subject.reopened()
            for (shape, first) in zip(shapes, firsts) {
                let repeated = try await reopened.append(
                    [drafts.next(key: shape)],
                    to: topic,
                    expecting: nil
                )
                try demand(repeated == [first], "\(shape.debugDescription) was forgotten")
                let found = try await reopened.record(withKey: shape, by: "ada", in: topic)
                try demand(found == first, "\(shape.debugDescription) finds no record")
            }
            let unknown = try await reopened.record(withKey: "none", by: "ada", in: topic)
            let foreign = try await reopened.record(withKey: "a", by: "bob", in: topic)
            try demand(unknown == nil && foreign == nil, "A key that nobody used finds a record")
        },
    ]
}
