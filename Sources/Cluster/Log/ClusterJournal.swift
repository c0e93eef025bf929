import Hub
import Logging
import Synchronization

/// The journal of a cluster's node: appends go through the log that all nodes share, everything is
/// read from the node's own copy.
package final class ClusterJournal: Journal {
    private static let newsMaximum = 65_536

    private let local: any Journal
    private let followers: [Partition: PartitionFollower]
    private let partitions: [Partition]
    private let log: any SharedLog
    private let clockwork: Clockwork

    /// - Parameter partitions: Those that this node follows and archives.
    /// - Parameter local: What reads from the replica.
    /// - Parameter absorb: Tells a topic of records that others have appended.
    /// - Parameter completion: Where what the log has no more is asked from.
    /// - Parameter reload: Tells the topics of a partition that their logs were renumbered or cut.
    package init(
        node: String,
        partitions: [Partition] = Partition.all,
        log: any SharedLog,
        local: any Journal,
        replica: any Replica,
        clockwork: Clockwork = .system,
        limits: FollowerLimits = FollowerLimits(),
        logger: Logger,
        absorb: @escaping @Sendable ([Record], TopicID) -> Void,
        reload: @escaping @Sendable (Partition) -> Void = { _ in },
        completion: PartitionCompletion? = nil
    ) async throws(JournalError) {
        self.local = local
        self.log = log
        self.clockwork = clockwork
        let bookmarks = try await replica.bookmarks()
        let surroundings = PartitionFollower.Surroundings(
            node: node,
            log: log,
            replica: replica,
            clockwork: clockwork,
            limits: limits,
            logger: logger,
            absorb: absorb,
            reload: reload,
            completion: completion
        )
        var followers: [Partition: PartitionFollower] = [:]
        for each in partitions {
            followers[each] = PartitionFollower(each, bookmark: bookmarks[each], surroundings)
        }
        self.followers = followers
        self.partitions = partitions
    }

    /// Follows the log until the task is cancelled.
    package func run() async {
        // Past the bound news is dropped: what is missing is read from the log.
        let (news, continuation) = AsyncStream<LogNews>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.newsMaximum)
        )
        log.follow(partitions) { continuation.yield($0) }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await each in news { await self.follower(of: each)?.hear(each) }
            }
            group.addTask {
                while !Task.isCancelled {
                    await withDiscardingTaskGroup { looks in
                        for each in self.partitions {
                            looks.addTask { await self.followers[each]?.tick() }
                        }
                    }
                    await self.clockwork.sleep(.seconds(1))
                }
            }
        }
        // Whoever waits for an entry would wait for ever.
        for each in partitions { await followers[each]?.end() }
    }

    /// How each partition stands.
    package var statuses: [PartitionStatus] {
        partitions.compactMap { followers[$0] }.map { follower in
            let status = follower.status.withLock(\.self)
            return PartitionStatus(
                partition: follower.partition,
                state: status.state,
                bookmark: status.bookmark,
                newest: status.newest
            )
        }
    }

    package nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        guard let follower = followers[Partition(of: topic)] else { throw Self.notFollowed }
        let bookmark = try await Self.bookmark(of: follower, isExact: expecting != nil)
        return try await append(drafts, to: topic, expecting: expecting, follower, since: bookmark)
    }

    package nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Position
    ) async throws(JournalError) -> [Record] {
        guard let follower = followers[Partition(of: topic)] else { throw Self.notFollowed }
        let bookmark = try await Self.bookmark(of: follower, isExact: true)
        guard bookmark?.epoch == expecting.epoch else { throw PartitionFollower.turning }
        return try await append(
            drafts,
            to: topic,
            expecting: expecting.offset,
            follower,
            since: bookmark
        )
    }

    /// - Parameter isExact: What was read of the copy is what something rests on: whether the log
    ///   has that too is told by a bookmark that is not behind it.
    private static nonisolated(nonsending) func bookmark(
        of follower: PartitionFollower,
        isExact: Bool
    ) async throws(JournalError) -> Bookmark? {
        let archiving = follower.status.withLock(\.archiving)
        if isExact, archiving > 0 { try await follower.archived(through: archiving) }
        return follower.status.withLock(\.bookmark)
    }

    /// - Parameter bookmark: How far the copy is: keys of all entries up to there are looked for in
    ///   it, those behind it in the log.
    private nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?,
        _ follower: PartitionFollower,
        since bookmark: Bookmark?
    ) async throws(JournalError) -> [Record] {
        var result = [Record?](repeating: nil, count: drafts.count)
        var left = try await unused(drafts, topic, expecting, &result)
        while !left.isEmpty {
            let asked = left.map { drafts[$0] }
            switch try await follower.append(
                asked,
                to: topic,
                expecting: expecting,
                since: bookmark
            ) {
            case .stored(let records):
                for (index, record) in zip(left, records) { result[index] = record }
                left = []
            case .conflict(let head): throw .conflict(head: head)
            case .repeated(let indices):
                let records = try await first(indices.map { asked[$0] }, topic)
                guard expecting == nil else { throw .repeated(records) }
                for (index, record) in zip(indices, records) { result[left[index]] = record }
                let used = Set(indices)
                left = left.indices.filter { !used.contains($0) }.map { left[$0] }
            }
        }
        return repeatsFilled(result, drafts)
    }

    private static let notFollowed = JournalError.unavailable("This node doesn't have the topic.")

    /// The drafts whose keys this node's copy doesn't know, and which come first of their key in
    /// the append. Those that it knows are answered.
    private nonisolated(nonsending) func unused(
        _ drafts: [Draft],
        _ topic: TopicID,
        _ expecting: Offset?,
        _ result: inout [Record?]
    ) async throws(JournalError) -> [Int] {
        var left: [Int] = []
        var keyed: [Int] = []
        var keys: [RecordKey] = []
        var seen: Set<RecordKey> = []
        for (index, draft) in drafts.enumerated() {
            guard let key = Self.key(of: draft) else {
                left.append(index)
                continue
            }
            guard seen.insert(key).inserted else { continue }
            keyed.append(index)
            keys.append(key)
        }
        guard !keys.isEmpty else { return left }
        var repeated: [Record] = []
        for (index, record) in zip(keyed, try await local.records(withKeys: keys, in: topic)) {
            result[index] = record
            if let record { repeated.append(record) } else { left.append(index) }
        }
        left.sort()
        guard let expecting, !repeated.isEmpty else { return left }
        let head = try await local.head(of: topic).offset
        if head != expecting { throw .conflict(head: head) }
        throw .repeated(repeated)
    }

    /// Records that were stored under the drafts' keys.
    private nonisolated(nonsending) func first(
        _ drafts: [Draft],
        _ topic: TopicID
    ) async throws(JournalError) -> [Record] {
        let found = try await local.records(withKeys: drafts.compactMap(Self.key), in: topic)
        let records = found.compactMap(\.self)
        guard records.count == drafts.count else { throw PartitionFollower.unknown }
        return records
    }

    private static func key(of draft: Draft) -> RecordKey? {
        draft.key.map { RecordKey(author: draft.author, key: $0) }
    }

    /// A key's later drafts of one append get its first one's record.
    private func repeatsFilled(_ result: [Record?], _ drafts: [Draft]) -> [Record] {
        var first: [RecordKey: Record] = [:]
        return zip(result, drafts).map { record, draft in
            let name = Self.key(of: draft)
            if let record {
                if let name { first[name] = record }
                return record
            }
            guard let name, let record = first[name] else {
                preconditionFailure("Each draft is stored, or has the key of one that is.")
            }
            return record
        }
    }

    package nonisolated(nonsending) func forgo(_ topic: TopicID) async {
        await followers[Partition(of: topic)]?.leaveLine(at: topic)
    }

    package nonisolated(nonsending) func catchUp(
        with topic: TopicID
    ) async throws(JournalError) {
        guard let follower = followers[Partition(of: topic)] else { throw Self.notFollowed }
        try await follower.catchUp()
    }

    package nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        try await local.read(topic, after: after, limit: limit)
    }

    package nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position {
        let head = try await local.head(of: topic)
        // A topic without records is in its partition's epoch, whatever this copy says of it.
        let bookmark = followers[Partition(of: topic)]?.status.withLock(\.bookmark)
        guard head.offset == 0, let epoch = bookmark?.epoch else { return head }
        return Position(epoch: epoch, offset: 0)
    }

    package nonisolated(nonsending) func formerEpochs(
        of topic: TopicID
    ) async throws(JournalError) -> [Epoch: Offset] {
        try await local.formerEpochs(of: topic)
    }

    package nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        try await local.record(withKey: key, by: author, in: topic)
    }

    package nonisolated(nonsending) func records(
        withKeys keys: [RecordKey],
        in topic: TopicID
    ) async throws(JournalError) -> [Record?] {
        try await local.records(withKeys: keys, in: topic)
    }

    package nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        try await local.snapshot(of: topic)
    }

    package nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        try await local.save(snapshot, of: topic)
    }

    package nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError) {
        try await local.trim(topic, upTo: upTo)
    }

    private func follower(of news: LogNews) -> PartitionFollower? {
        switch news {
        case .attached(let partition), .entry(let partition, _), .turned(let partition):
            followers[partition]
        }
    }
}
