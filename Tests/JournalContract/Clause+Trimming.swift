import Hub

/// Records that a snapshot stands for may be forgotten.
extension Clause {
    static let trimming = [
        Clause("Trimmed records are gone for good; the head and the others stay") { subject in
            let topic = Drafts.topic("trimmed")
            var drafts = Drafts()
            let records = try await subject.journal.append(
                drafts.next(10),
                to: topic,
                expecting: nil
            )
            let head = try await subject.journal.head(of: topic)
            try await subject.journal.save(Snapshot(offset: 7, state: [1]), of: topic)
            try await subject.journal.trim(topic, upTo: 6)
            for isReopened in [false, true] {
                let journal = isReopened ? try await subject.reopened() : subject.journal
                let left = try await journal.read(topic, after: 0, limit: 100)
                try demand(left == Array(records[6...]), "\(left.map(\.offset)) were left of 10")
                let later = try await journal.read(topic, after: 8, limit: 1)
                try demand(later == [records[8]], "Reading after 8 gave \(later.map(\.offset))")
                let same = try await journal.head(of: topic)
                try demand(same == head, "The head moved from \(head) to \(same)")
            }
        },
        Clause("Nothing is trimmed that no snapshot covers") { subject in
            let topic = Drafts.topic("uncovered")
            var drafts = Drafts()
            _ = try await subject.journal.append(drafts.next(5), to: topic, expecting: nil)
            try await subject.journal.trim(topic, upTo: 5)
            let all = try await subject.journal.read(topic, after: 0, limit: 100)
            try demand(all.count == 5, "Without a snapshot \(all.count) of 5 were left")
            try await subject.journal.save(Snapshot(offset: 2, state: []), of: topic)
            try await subject.journal.trim(topic, upTo: .max)
            let left = try await subject.journal.read(topic, after: 0, limit: 100)
            try demand(left.map(\.offset) == [3, 4, 5], "\(left.map(\.offset)) were left of 5")
        },
        Clause("A topic of which all was trimmed goes on where it stood, also after a restart") {
            subject in
            let topic = Drafts.topic("all")
            var drafts = Drafts()
            _ = try await subject.journal.append(drafts.next(3), to: topic, expecting: nil)
            try await subject.journal.save(Snapshot(offset: 3, state: [9]), of: topic)
            try await subject.journal.trim(topic, upTo: 3)
            let reopened = try await subject.reopened()
            let none = try await reopened.read(topic, after: 0, limit: 10)
            try demand(none.isEmpty, "\(none.count) records are left")
            let next = try await reopened.append(drafts.next(1), to: topic, expecting: 3)
            try demand(next.map(\.offset) == [4], "Numbering went on at \(next.map(\.offset))")
        },
        Clause("A key stays used when its record is trimmed, for ever and after a restart") {
            subject in
            let topic = Drafts.topic("keys")
            var drafts = Drafts()
            let records = try await subject.journal.append(
                [drafts.next(key: "first"), drafts.next(key: "second")],
                to: topic,
                expecting: nil
            )
            try await subject.journal.save(Snapshot(offset: 1, state: []), of: topic)
            try await subject.journal.trim(topic, upTo: 1)
            let kept = try await subject.journal.record(withKey: "second", by: "ada", in: topic)
            try demand(kept == records[1], "The key of a record that stayed is lost")
            try await subject.journal.save(Snapshot(offset: 2, state: []), of: topic)
            try await subject.journal.trim(topic, upTo: 2)
            let stubs = records.map(\.forgotten)
            for isReopened in [false, true] {
                let journal = isReopened ? try await subject.reopened() : subject.journal
                let found = try await journal.record(withKey: "first", by: "ada", in: topic)
                try demand(found == stubs[0], "\(String(describing: found)) has the first key")
                let repeated = try await journal.append(
                    [drafts.next(key: "first"), drafts.next(key: "second")],
                    to: topic,
                    expecting: nil
                )
                try demand(repeated == stubs, "\(repeated) came back for used keys")
                let head = try await journal.head(of: topic)
                try demand(head.offset == 2, "A used key was stored again at \(head.offset)")
                let left = try await journal.read(topic, after: 0, limit: 10)
                try demand(left.isEmpty, "\(left.count) trimmed records can be read")
            }
        },
        Clause("Payloads that are bytes come back as they went") { subject in
            let topic = Drafts.topic("bytes")
            let draft = Draft(
                id: RecordID(77),
                author: "ada",
                at: Timestamp(milliseconds: 1),
                key: nil,
                type: "update",
                payload: [0, 255, 0xC3, 0x28, 10, 0],
                isBinary: true
            )
            let stored = try await subject.journal.append([draft], to: topic, expecting: nil)
            let read = try await subject.reopened().read(topic, after: 0, limit: 1)
            try demand(read == stored, "\(read) is not what was stored")
            try demand(read.first?.isBinary == true, "Bytes came back as text")
        },
    ]
}
