import Logging
import Synchronization
import TimeSeries

/// One per stream or selector that somebody watches on this node: gives who joins a snapshot, and
/// then all of them what is new, encoded once.
///
/// What waits is done in order, one at a time: between the snapshot that a member is given and the
/// next update nothing is missed, and what comes twice has the same time.
package actor StreamView {
    /// Between two looks at the shards; every so many of them for members that conflate.
    private static let period: Duration = .milliseconds(250)
    private static let conflatedTicks = 4
    /// Series of one view.
    private static let seriesMaximum = 10_000

    enum Work: Sendable {
        case join(Join, @Sendable (Result<JoinOutcome, Rejection>) -> Void)
        case leave(Leave)
        case tick
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
    private var ticks = 0
    private var conflated = StreamUpdate()
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
        case .leave(let leave): _ = audience.remove(leave.connection, upTo: leave.number)
        case .tick: await tick()
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
                scheduleTick()
            } catch {
                join.lane.submit { completion(.failure(error)) }
            }
        }
    }

    /// What is known of the series, so that the updates that follow can name them, and their
    /// samples in the window.
    private func snapshot(_ wish: StreamWish) async throws(Rejection) -> [UInt8] {
        if audience.isEmpty { _ = try await look() }
        let until = now().milliseconds
        let from = max(until - wish.window, wish.since.map { $0 + 1 } ?? .min)
        let found = try await reader.series(of: watched.selector, from: from, through: .max)
        return watched.describe(found, until: until, points: wish.points)
    }

    // MARK: Updates

    private func scheduleTick() {
        guard !tickIsDue, !audience.isEmpty else { return }
        tickIsDue = true
        lane.submit(after: Self.period) { [weak self] in
            self?.assumeIsolated { view in
                view.tickIsDue = false
                view.receive(.tick)
            }
        }
    }

    private func tick() async {
        guard !audience.isEmpty else { return }
        ticks += 1
        // What can't be read now is read with the next tick.
        if let update = try? await look() {
            show(update, isConflated: false)
            if audience.conflatingCount > 0 {
                conflated.take(update)
                if ticks % Self.conflatedTicks == 0 {
                    show(conflated, isConflated: true)
                    conflated = StreamUpdate()
                }
            }
        }
        scheduleTick()
    }

    /// One at a time: only `workThrough` leads here.
    private func look() async throws(Rejection) -> StreamUpdate {
        var watched = watched
        let update = try await watched.look(at: reader.shards)
        self.watched = watched
        return update
    }

    private func show(_ update: StreamUpdate, isConflated: Bool) {
        guard !update.isEmpty else { return }
        let at = now()
        let ephemeral = Ephemeral(
            event: "metrics:update",
            author: "",
            at: at,
            payload: watched.encode(update, at: at.milliseconds),
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
        ticket.answer(.failure(Rejection(.unknownAction, "A stream has no such action.")))
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

    /// A view has no log.
    package nonisolated func absorb(_ records: [Record]) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
    }

    package nonisolated func retire(at time: Timestamp) -> Bool {
        arrivals.load(ordering: .relaxed) == 0 && assumeIsolated { $0.isIdle(at: time) }
    }
}
