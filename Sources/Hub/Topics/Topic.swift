import Logging
import Synchronization

/// One per topic that is in use on this node: runs its ledger in turns and speaks to its members.
///
/// Order, batching and rollback come out of the turn (`Topic+Turn.swift`). Pinned to a lane, so
/// that all calls from sessions on that lane are plain calls.
package actor Topic<L: Ledger> {
    package nonisolated let id: TopicID
    package nonisolated let lane: any Lane
    /// Where the topic's tasks go on when they have waited: on the lane, too.
    nonisolated let tasks: LaneTasks
    nonisolated let surroundings: Surroundings
    /// Fetches what commands need to know; the turn's only read besides loading.
    nonisolated let fetch: @Sendable ([RecordID]) async throws(JournalError) -> [L.Fact]
    nonisolated let neighbours: any Neighbours
    nonisolated let logger: Logger

    /// How much was given to the topic and has not yet reached its lane.
    nonisolated let arrivals = Atomic<Int>(0)

    /// Nil until loaded, and again after a failed append: then what was decided must be forgotten.
    var ledger: L?
    var position = Position(epoch: Epoch(0), offset: 0)
    /// Epochs before the position's, and up to which offset their positions are still good.
    var former: [Epoch: Offset] = [:]
    var snapshotOffset: Offset = 0

    /// The log is another than it was, and has not been read since.
    var isTurned = false
    /// How often it became another: what was read before that is of no use.
    var reloads = 0
    /// Joins of members that have come farther than this node.
    var early: [EarlyJoin] = []

    /// What other nodes have stored and the ledger has not taken in yet, in the order of the log.
    var absorbed: [Record] = []

    var queue: [Work] = []
    var isTurning = false
    /// How often the turn was decided again.
    var conflicts = 0
    /// When something last happened, for retiring.
    var lastUse: Timestamp

    var audience = Audience()
    var presence = Presence()
    var presenceIsScheduled = false
    var sharing = Sharing()
    /// Whether members are about to be held against a state that is read anew.
    var revisionIsDue = false
    var awareness = Awareness()
    var awarenessIsWatched = false
    var recentKeys: RecentKeys
    /// The newest of each state that is yet to be shown to members that want them conflated.
    var conflated: [String: Ephemeral] = [:]
    /// The generation of each ephemeral state that is current.
    var lapses: [String: UInt64] = [:]
    var lapseCount: UInt64 = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        lane.asUnownedSerialExecutor()
    }

    init(
        id: TopicID,
        tasks: LaneTasks,
        surroundings: Surroundings,
        neighbours: any Neighbours,
        logger: Logger,
        fetch: @escaping @Sendable ([RecordID]) async throws(JournalError) -> [L.Fact]
    ) {
        self.id = id
        self.tasks = tasks
        self.lane = tasks.lane
        self.surroundings = surroundings
        self.neighbours = neighbours
        self.logger = logger
        self.fetch = fetch
        self.lastUse = surroundings.now()
        self.recentKeys = RecentKeys(maximum: surroundings.settings.recentKeysMaximum)
    }

    /// What waits for the next turn.
    enum Work: Sendable {
        // Indirect: it is copied often, and has much to count references of.
        indirect case command(L.Command, Ask, Ticket)
        case join(Join, @Sendable (Result<JoinOutcome, Rejection>) -> Void)
        case leave(Leave)
        case renewal(ConnectionID, Principal)
        case presence(Principal, Ticket)
        case notice(Ephemeral)
        /// Without an update, a question.
        case awareness(AwarenessUpdate?, Ask, Ticket)
        /// Members whom the state no longer admits have to go.
        case revision
        /// The log may have grown while the topic was not loaded.
        case compaction
    }

    /// The one way in, called on the lane. Never blocks; past the bound it refuses.
    func receive(_ work: Work) {
        lastUse = surroundings.now()
        guard queue.count < surroundings.settings.queueMaximum || work.isObligatory else {
            refuse(work, .busy)
            return
        }
        queue.append(work)
        surroundings.observer.queueChanged(1)
        guard !isTurning else { return }
        isTurning = true
        // One task per run of turns, not per command: while it waits for the journal, the queue
        // gathers the next turn.
        Task(executorPreference: tasks) { await self.takeTurns() }
    }

    func refuse(_ work: Work, _ rejection: Rejection) {
        switch work {
        case .command(_, _, let ticket), .presence(_, let ticket), .awareness(_, _, let ticket):
            ticket.answer(.failure(rejection))
        case .join(let join, let completion):
            join.lane.submit { completion(.failure(rejection)) }
        case .leave, .notice, .compaction: break
        case .renewal(let connection, let principal):
            renew(principal, of: connection)
            reviseLater(after: .seconds(1))
        case .revision:
            revisionIsDue = false
            reviseLater(after: .seconds(1))
        }
    }

    /// True when nobody would miss it.
    func isIdle(at time: Timestamp) -> Bool {
        let idle = (L.idleAfter ?? surroundings.settings.idleAfter).milliseconds
        return queue.isEmpty && !isTurning && audience.isEmpty && early.isEmpty
            && presence.countHere == 0
            && time.milliseconds - lastUse.milliseconds >= idle
    }
}

extension Topic.Work {
    /// What is always taken: a member that is gone must not stay seated, nor one that has no right
    /// to be there any more, nor go on in a log that is no more.
    var isObligatory: Bool {
        switch self {
        case .leave, .renewal, .revision: true
        case .command, .join, .presence, .notice, .awareness, .compaction: false
        }
    }
}
