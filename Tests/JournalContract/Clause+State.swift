import Hub

/// Snapshots, and what outlives a process.
extension Clause {
    static let state = [
        Clause("The newest snapshot is kept, and an older one does not replace it") { subject in
            let topic = Drafts.topic("snapshots")
            let none = try await subject.journal.snapshot(of: topic)
            try demand(none == nil, "There is a snapshot that nobody saved")
            for offset in [Offset(5), 3, 9, 9, 0] {
                let snapshot = Snapshot(offset: offset, state: [UInt8(offset), 0, 255])
                try await subject.journal.save(snapshot, of: topic)
            }
            let kept = try await subject.journal.snapshot(of: topic)
            let newest = Snapshot(offset: 9, state: [9, 0, 255])
            try demand(kept == newest, "\(String(describing: kept)) is not the newest")
            try await subject.journal.save(Snapshot(offset: 9, state: []), of: topic)
            let replaced = try await subject.reopened().snapshot(of: topic)
            let last = Snapshot(offset: 9, state: [])
            try demand(replaced == last, "One of the same age must replace")
        },
        Clause("Records outlive the process, and numbering goes on after them") { subject in
            let topic = Drafts.topic("restart")
            var drafts = Drafts()
            let before = try await subject.journal.append(
                drafts.next(300),
                to: topic,
                expecting: nil
            )
            let reopened = try await subject.reopened()
            let read = try await reopened.read(topic, after: 0, limit: 1_000)
            try demand(read == before, "\(read.count) records of 300 were read back the same")
            let next = try await reopened.append(drafts.next(1), to: topic, expecting: 300)
            try demand(next.map(\.offset) == [301], "Numbering went on at \(next.map(\.offset))")
        },
    ]
}
