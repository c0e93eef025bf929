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
        let limits: FollowerLimits
        let logger: Logger
        /// Tells the topic of records that did not come from one of its own appends.
        let absorb: @Sendable ([Record], TopicID) -> Void
        /// Tells the partition's topics that their logs are others than they were.
        let reload: @Sendable (Partition) -> Void
        /// Nil for a node that has nobody to ask.
        var completion: PartitionCompletion?
    }

    struct Status: Sendable {
        var state = FollowerState.starting
        var bookmark: Bookmark?
        /// The last entry that the log is known to have.
        var newest: UInt64 = 0
        /// The copy may have entries up to that one, which the bookmark doesn't say yet.
        var archiving: UInt64 = 0
    }

    /// An append of this node whose entry is yet to be archived.
    struct Own {
        let drafts: [Draft]
        var deadline: ContinuousClock.Instant
        /// No topic waits for what is brought back: it is told as of others' records.
        let isReturn: Bool
        var progress = Progress.asked

        enum Progress {
            /// The log has not answered yet.
            case asked
            /// It is in the log.
            case awaited(CheckedContinuation<Result<[Record], JournalError>, Never>)
            /// It came through the log before the answer did.
            case archived(Entry)
        }
    }

    /// Someone who waits until an entry is archived.
    struct Waiter {
        let sequence: UInt64
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Bool, Never>
    }

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
    /// Those who wait until nothing is being archived.
    var resting: [CheckedContinuation<Void, Never>] = []
    /// The last entry of those that are being archived; 0 when none are.
    var archiving: UInt64 = 0
    /// What the log has next does not follow this copy.
    var isDoubtful = false
    /// Where the log had nothing next although it should have.
    var missed: UInt64?
    /// Readings of what is next that failed, one after another: so many entries at once may be more
    /// than an answer can hold.
    var failedReadings = 0
    /// What is kept of lost logs may have to be appended again.
    var hasStrays = true
    var isReturning = false
    var isLooking = false
    var mustLookAgain = false
    var isCompleting = false
    /// Its node is ending.
    var isEnded = false

    init(_ partition: Partition, bookmark: Bookmark?, _ surroundings: Surroundings) {
        self.partition = partition
        self.surroundings = surroundings
        self.bookmark = bookmark
        status.withLock { $0.bookmark = bookmark }
    }

    /// What the log tells. Only a hint: what is missing is read.
    func hear(_ news: LogNews) {
        switch news {
        case .attached, .turned: surroundings.clockwork.spawn { await self.look() }
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
            surroundings.clockwork.spawn { await self.look() }
            return
        }
        guard sequence > bookmark.sequence else { return }
        newest = max(newest, sequence)
        if pending.count < surroundings.limits.pending { pending[sequence] = logged }
        advanceSoon()
    }

    /// Now and then: what was published may have been lost on the way, and so may be an answer.
    func tick() {
        giveUp(before: surroundings.clockwork.now())
        // A log that can't be reached answers late: nobody's deadline waits for that.
        guard !isLooking, !isCompleting else { return }
        surroundings.clockwork.spawn {
            await self.look()
            await self.complete()
        }
    }

    /// Whoever has waited long enough is told so.
    private func giveUp(before now: ContinuousClock.Instant?) {
        func isLate(_ deadline: ContinuousClock.Instant) -> Bool {
            now.map { deadline < $0 } ?? true
        }
        let lateOnes = own.filter { isLate($0.value.deadline) }
        for (id, late) in lateOnes.sorted(by: { $0.key < $1.key }) {
            own[id] = nil
            switch late.progress {
            case .asked: break
            case .awaited(let continuation):
                continuation.resume(returning: .failure(Self.unknown))
            case .archived(let entry):
                if !late.isReturn { surroundings.absorb(entry.records, entry.topic) }
            }
        }
        giveUpWaiting(before: now)
    }

    func giveUpWaiting(before now: ContinuousClock.Instant?) {
        func isLate(_ waiter: Waiter) -> Bool { now.map { waiter.deadline <= $0 } ?? true }
        let late = waiters.filter(isLate)
        waiters.removeAll(where: isLate)
        for waiter in late { waiter.continuation.resume(returning: false) }
    }

    /// What was brought back into a log that is no more is brought back into the next one at once:
    /// it can't be stored twice.
    func giveUpReturns() {
        for (id, each) in own.filter(\.value.isReturn).sorted(by: { $0.key < $1.key }) {
            own[id] = nil
            guard case .awaited(let continuation) = each.progress else { continue }
            continuation.resume(returning: .failure(Self.unknown))
        }
    }

    /// Its node goes: nobody waits any longer, and nothing begins any more.
    func end() {
        isEnded = true
        enter(.away("This node is ending."))
        giveUp(before: nil)
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
        if next == .live, hasStrays, !isReturning {
            isReturning = true
            surroundings.clockwork.spawn { await self.bringBackStrays() }
        }
    }

    func publish() {
        let current = Status(
            state: state,
            bookmark: bookmark,
            newest: newest,
            archiving: archiving
        )
        status.withLock { $0 = current }
    }
}
