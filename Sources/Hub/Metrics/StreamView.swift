import Logging
import Synchronization
import TimeSeries

/// One per stream or selector that somebody watches on this node: gives who joins a snapshot, and
/// then all of them what is new, encoded once.
///
/// What waits is done in order, one at a time: between the snapshot that a member is given and the
/// next update nothing is missed, and what comes twice has the same time.
package actor StreamView {
    /// Between two updates.
    private static let period: Duration = .milliseconds(250)
    /// Looks without news: what came by another way than a push is shown then.
    private static let newslessPeriod: Duration = .seconds(1)
    /// Between two updates for members that conflate, in milliseconds.
    private static let conflatedPeriod: Int64 = 1000
    /// Series of one view.
    private static let seriesMaximum = 10_000

    enum Work: Sendable {
        case join(Join, @Sendable (Result<JoinOutcome, Rejection>) -> Void)
        case leave(Leave)
        case tick(hasNews: Bool)
    }

    package nonisolated let id: TopicID
    nonisolated let lane: any Lane
    private nonisolated let reader: MetricReader
    private nonisolated let now: @Sendable () -> Timestamp
    nonisolated let arrivals = Atomic<Int>(0)
    private var watched: WatchedSeries
    private var audience = Audience()
    private var queue: [Work] = []
    private var isWorking = false
    private var tickIsDue = false
    /// Counts ticks, so that of the two ways to the next one only the first is gone.
    private var ticks = 0
    private var budget = LookBudget()
    private var conflated = StreamUpdate()
    /// When the last update was shown to members that conflate, and to the others.
    private var conflatedAt = Timestamp(milliseconds: 0)
    private var shownAt = Timestamp(milliseconds: 0)
    private var lastUse: Timestamp

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        lane.asUnownedSerialExecutor()
    }

    init(
        id: TopicID,
        selector: SeriesSelector,
        lane: any Lane,
        reader: MetricReader,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.id = id
        self.lane = lane
        self.reader = reader
        self.now = now
        watched = WatchedSeries(selector, maximum: Self.seriesMaximum)
        lastUse = now()
    }

    nonisolated func enqueue(_ work: Work) {
        if lane.isCurrent {
            assumeIsolated { $0.arrive(work) }
        } else {
            lane.submit { self.assumeIsolated { $0.arrive(work) } }
        }
    }

    private func arrive(_ work: Work) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        receive(work)
    }

    private func receive(_ work: Work) {
        lastUse = now()
        queue.append(work)
        guard !isWorking else { return }
        isWorking = true
        Task { await self.workThrough() }
    }

    private func workThrough() async {
        while !queue.isEmpty {
            let work = queue
            queue = []
            for entry in work { await attend(entry) }
        }
        isWorking = false
    }

    private func attend(_ work: Work) async {
        switch work {
        case .leave(let leave):
            _ = audience.remove(leave.connection, upTo: leave.number)
            if audience.isEmpty { stopTicking() }
        case .tick(let hasNews): await tick(hasNews)
        case .join(let join, let completion):
            do throws(Rejection) {
                let state = try await snapshot(try StreamWish(join.fields))
                _ = audience.seat(join)
                let outcome = JoinOutcome(
                    position: Position(epoch: Epoch(0), offset: 0),
                    isState: true,
                    reply: ["state": .raw(state)],
                    members: nil,
                    count: audience.count
                )
                join.lane.submit { completion(.success(outcome)) }
                scheduleTick(after: .zero)
            } catch {
                join.lane.submit { completion(.failure(error)) }
            }
        }
    }

    /// What is known of the series, so that the updates that follow can name them, and their
    /// samples in the window.
    private func snapshot(_ wish: StreamWish) async throws(Rejection) -> [UInt8] {
        if audience.isEmpty { _ = try await look(all: true) }
        let until = now().milliseconds
        let from = max(until - wish.window, wish.since.map { $0 + 1 } ?? .min)
        let found = try await reader.series(of: watched.selector, from: from, through: .max)
        return watched.describe(found, until: until, points: wish.points)
    }

    // MARK: Updates

    /// The next tick comes with the next news, but not before that time has passed.
    private func scheduleTick(after gap: Duration) {
        guard !tickIsDue, !audience.isEmpty else { return }
        tickIsDue = true
        lane.submit(after: gap) { [weak self] in self?.assumeIsolated { $0.awaitNews() } }
    }

    private func stopTicking() {
        reader.shards.news.forget(id)
        ticks += 1
        tickIsDue = false
    }

    private func awaitNews() {
        guard !audience.isEmpty else { return }
        let number = ticks
        let news = reader.shards.news
        let shards = watched.shards(of: reader.shards.places)
        news.wait(id, for: shards, beyond: watched.seenNews ?? news.counts) { [weak self] in
            guard let self else { return }
            lane.submit { self.assumeIsolated { $0.beginTick(number, hasNews: true) } }
        }
        lane.submit(after: Self.newslessPeriod) { [weak self] in
            self?.assumeIsolated { $0.beginTick(number, hasNews: false) }
        }
    }

    private func beginTick(_ number: Int, hasNews: Bool) {
        guard number == ticks else { return }
        ticks += 1
        tickIsDue = false
        receive(.tick(hasNews: hasNews))
    }

    private func tick(_ hasNews: Bool) async {
        guard !audience.isEmpty else { return }
        // The news may have been of other series.
        var gap = budget.pause(at: now())
        // What can't be read now is read with the next tick.
        if let update = try? await look(all: !hasNews) {
            if !update.isEmpty { gap = Self.period }
            show(update, at: now())
        }
        scheduleTick(after: gap)
    }

    private func show(_ update: StreamUpdate, at time: Timestamp) {
        if !update.isEmpty {
            broadcast(update, at: time, after: shownAt, isConflated: false)
            shownAt = time
        }
        guard audience.conflatingCount > 0 else {
            conflated = StreamUpdate()
            return
        }
        conflated.take(update)
        let isDue = time.milliseconds - conflatedAt.milliseconds >= Self.conflatedPeriod
        guard isDue, !conflated.isEmpty else { return }
        broadcast(conflated, at: time, after: conflatedAt, isConflated: true)
        conflated = StreamUpdate()
        conflatedAt = time
    }

    /// One at a time: only `workThrough` leads here.
    private func look(all: Bool) async throws(Rejection) -> StreamUpdate {
        var watched = watched
        let update = try await watched.look(at: reader.shards, all: all)
        self.watched = watched
        return update
    }

    private func broadcast(
        _ update: StreamUpdate,
        at: Timestamp,
        after earlier: Timestamp,
        isConflated: Bool
    ) {
        let ephemeral = Ephemeral(
            event: "metrics:update",
            author: "",
            at: at,
            payload: watched.encode(update, at: at, from: earlier),
            stateKey: "metrics"
        )
        audience.broadcast(ephemeral, of: id, isConflated: isConflated)
    }

    private func isIdle(at time: Timestamp) -> Bool {
        queue.isEmpty && !isWorking && audience.isEmpty
            && time.milliseconds - lastUse.milliseconds >= 10_000
    }
}

extension StreamView: AnyTopic {
    package nonisolated func expectArrival() {
        arrivals.wrappingAdd(1, ordering: .relaxed)
    }

    package nonisolated func submit(_ ask: Ask, _ ticket: Ticket) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        ticket.answer(.failure(Router.noAction))
    }

    package nonisolated func submit(
        _ join: Join,
        completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    ) {
        enqueue(.join(join, completion))
    }

    package nonisolated func submit(_ leave: Leave) { enqueue(.leave(leave)) }

    package nonisolated func submit(_ notice: Ephemeral) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Whoever may join may see all of it.
    package nonisolated func submit(_ principal: Principal, of connection: ConnectionID) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    package nonisolated func reload() {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    /// What views show is derived from records.
    package nonisolated func hear(_ news: PeerNews) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    /// A view has no log.
    package nonisolated func absorb(_ records: [Record]) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    package nonisolated func compact() {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    package nonisolated func retire(at time: Timestamp) -> Bool {
        arrivals.load(ordering: .relaxed) == 0 && assumeIsolated { $0.isIdle(at: time) }
    }
}
