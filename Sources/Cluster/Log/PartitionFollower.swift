import Hub
import Logging
import Synchronization

/// One per partition: archives what the shared log tells, in order and without a gap, and puts this
/// node's own appends into it.
///
/// What is appended here comes back through the log like everything else, so that every node
/// archives one order; an append is done when its entry is archived.
actor PartitionFollower {
    /// What a follower needs of the node around it.
    struct Surroundings: Sendable {
        let node: String
        let log: any SharedLog
        let replica: any Replica
        let clockwork: Clockwork
        let logger: Logger
        /// Tells the topic of records that did not come from one of its own appends.
        let absorb: @Sendable ([Record], TopicID) -> Void
        /// Tells the partition's topics that their logs are others than they were.
        let reload: @Sendable (Partition) -> Void
    }

    struct Status: Sendable {
        var state = FollowerState.starting
        var bookmark: Bookmark?
        /// The last entry that the log is known to have.
        var newest: UInt64 = 0
    }

    /// An append of this node whose entry is yet to be archived.
    struct Own {
        let drafts: [Draft]
        let deadline: ContinuousClock.Instant
        var stored: CheckedContinuation<Result<[Record], JournalError>, Never>?
    }

    /// Someone who waits until an entry is archived.
    struct Waiter {
        let sequence: UInt64
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// Entries that are held while one before them is missing. Policy: past it they are dropped,
    /// and read from the log when it is their turn.
    static let pendingMaximum = 4096
    /// Entries of one archiving.
    static let batchMaximum = 512
    /// How long an append waits for its entry.
    static let patience: Duration = .seconds(10)

    nonisolated let partition: Partition
    nonisolated let surroundings: Surroundings
    /// For whoever asks after its health, from any thread.
    nonisolated let status = Mutex(Status())

    var bookmark: Bookmark?
    var state = FollowerState.starting
    var newest: UInt64 = 0
    /// Entries that came before their turn, by number.
    var pending: [UInt64: LoggedEntry] = [:]
    var own: [UInt64: Own] = [:]
    var waiters: [Waiter] = []
    var isAdvancing = false
    var isLooking = false
    var mustLookAgain = false

    init(_ partition: Partition, bookmark: Bookmark?, _ surroundings: Surroundings) {
        self.partition = partition
        self.surroundings = surroundings
        self.bookmark = bookmark
        status.withLock { $0.bookmark = bookmark }
    }

    /// What the log tells. Only a hint: what is missing is read.
    func hear(_ news: LogNews) {
        switch news {
        case .attached, .turned: Task { await look() }
        case .entry(_, let entry): hear(entry)
        }
    }

    private func hear(_ logged: LoggedEntry) {
        guard let bookmark, state == .live else { return }
        let sequence = logged.entry.sequence
        // Another epoch, or a number that is archived already under another id: the log went
        // another way.
        guard logged.epoch == bookmark.epoch,
            sequence > bookmark.sequence
                || sequence < bookmark.sequence || logged.entry.id == bookmark.entry
        else {
            Task { await look() }
            return
        }
        guard sequence > bookmark.sequence else { return }
        newest = max(newest, sequence)
        if pending.count < Self.pendingMaximum { pending[sequence] = logged }
        guard !isAdvancing else { return }
        Task { await advance() }
    }

    /// Now and then: what was published may have been lost on the way, and so may be an answer.
    func tick() async {
        let now = surroundings.clockwork.now()
        for (id, entry) in own where entry.deadline < now {
            own[id]?.stored?.resume(returning: .failure(Self.unknown))
            own[id] = nil
        }
        let late = waiters.filter { $0.deadline < now }
        waiters.removeAll { $0.deadline < now }
        for waiter in late { waiter.continuation.resume(returning: false) }
        await look()
    }

    static let unknown = JournalError.unavailable("The cluster's log did not answer in time.")

    func enter(_ next: FollowerState) {
        if state != next {
            surroundings.logger.log(
                level: next == .live ? .info : .notice,
                "A partition is \(next)",
                metadata: ["partition": "\(partition)"]
            )
        }
        state = next
        publish()
    }

    func publish() {
        let (state, bookmark, newest) = (state, bookmark, newest)
        status.withLock { $0 = Status(state: state, bookmark: bookmark, newest: newest) }
    }
}
