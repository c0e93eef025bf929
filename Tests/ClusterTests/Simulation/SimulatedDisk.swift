import Hub

/// A process's way to its node's disk: it takes its time and fails, and keeps what was committed
/// when the process ends.
struct SimulatedDisk: Replica, Journal {
    let copy: InMemoryJournal
    let world: World
    let process: SimulatedProcess

    private func reach(mayFail: Bool = true) async throws(JournalError) {
        world.mayCrash(process)
        await world.executor.pause(world.diskDelay())
        if process.isDead { throw .unavailable("This process is dead.") }
        if mayFail, world.isFailing(process.name) { throw .unavailable("The disk fails.") }
    }

    private func done() async throws(JournalError) {
        world.mayCrash(process)
        if process.isDead { throw .unavailable("This process is dead.") }
        await world.executor.pause(world.diskDelay())
        if process.isDead { throw .unavailable("This process is dead.") }
    }

    func bookmarks() async throws(JournalError) -> [Partition: Bookmark] {
        try await copy.bookmarks()
    }

    func archive(
        _ entries: [Entry],
        in partition: Partition,
        epoch: Epoch
    ) async throws(JournalError) {
        try await reach()
        do throws(JournalError) {
            try await copy.archive(entries, in: partition, epoch: epoch)
        } catch {
            world.note("\(process.name) could not archive in \(partition): \(error)")
            throw error
        }
        process.archived(entries, in: partition)
        world.trace(
            "\(process.name) has \(entries.map { "\($0.sequence): \($0.records.map(\.id))" })"
        )
        try await done()
    }

    func entries(
        in partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(JournalError) -> [Entry] {
        try await reach()
        return try await copy.entries(in: partition, after: sequence, limit: limit)
    }

    func cut(
        _ partition: Partition,
        to bookmark: Bookmark
    ) async throws(JournalError) -> Bool {
        try await reach()
        let isCut = try await copy.cut(partition, to: bookmark)
        try await done()
        return isCut
    }

    func keep(_ strays: [Entry], in partition: Partition) async throws(JournalError) {
        try await reach()
        try await copy.keep(strays, in: partition)
        try await done()
    }

    func strays(in partition: Partition) async throws(JournalError) -> [Entry] {
        try await reach()
        return try await copy.strays(in: partition)
    }

    func known(_ ids: [RecordID]) async throws(JournalError) -> Set<RecordID> {
        try await reach()
        return try await copy.known(ids)
    }

    func heads(in partition: Partition) async throws(JournalError) -> [TopicID: Offset] {
        try await reach()
        return try await copy.heads(in: partition)
    }

    func begin(_ bookmark: Bookmark, in partition: Partition) async throws(JournalError) {
        try await reach()
        try await copy.begin(bookmark, in: partition)
        try await done()
    }

    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        preconditionFailure("A node's own copy is not appended to.")
    }

    nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        try await reach(mayFail: false)
        return try await copy.read(topic, after: after, limit: limit)
    }

    nonisolated(nonsending) func head(of topic: TopicID) async throws(JournalError) -> Position {
        try await reach(mayFail: false)
        return try await copy.head(of: topic)
    }

    nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        try await reach(mayFail: false)
        return try await copy.record(withKey: key, by: author, in: topic)
    }

    nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        try await copy.snapshot(of: topic)
    }

    nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        try await copy.save(snapshot, of: topic)
    }

    nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError) {
        try await copy.trim(topic, upTo: upTo)
    }
}
