import Logging
import Reactor
import Synchronization

/// A client of one Redis, of the master that Sentinels name, or of a Redis Cluster: which of them,
/// it finds out. Commands and subscriptions may come from any thread; everything else happens on
/// one loop.
package final class RedisClient: Sendable {
    package let settings: RedisSettings
    package let loop: EventLoop
    private let board: LoopBound<Switchboard>
    private let inbox = Mutex(Inbox())
    private let published: Published
    private let subscriptionsMade = Atomic<UInt64>(0)

    private struct Submission: Sendable {
        let command: RedisCommand
        let timeout: Duration
        let completion: @Sendable (Result<RedisValue, RedisError>) -> Void
    }

    /// What came from other threads and waits for the loop's turn.
    private struct Inbox {
        var submissions: [Submission] = []
        var bytes = 0
    }

    /// What the loop last said of itself.
    private final class Published: Sendable {
        struct State: Sendable {
            var condition = RedisCondition()
            var counters = RedisCounters()
            var publishCommand: String?
        }

        let state = Mutex(State())
    }

    /// Connects at once, in the background.
    package init(
        _ settings: RedisSettings,
        on loop: EventLoop,
        logger: Logger
    ) throws(TLSError) {
        self.settings = settings
        self.loop = loop
        let tls: TLSContext? =
            settings.address.isTLS
            ? try .client(trust: settings.tls.trust, identity: settings.tls.identity) : nil
        let published = Published()
        self.published = published
        let board = Switchboard(settings, on: loop, tls: tls, logger: logger) {
            condition,
            counters,
            publishCommand in
            published.state.withLock {
                $0 = .init(
                    condition: condition,
                    counters: counters,
                    publishCommand: publishCommand
                )
            }
        }
        let bound = LoopBound(board, on: loop)
        self.board = bound
        loop.submit { bound.value.start() }
    }

    deinit {
        let board = board
        loop.submit { board.value.close() }
    }

    // MARK: Commands.

    /// Sends a command. The completion is called once, on the loop, or here when too much waits.
    /// Commands of one thread for one key are carried out in order, unless Redis sends one of them
    /// elsewhere or puts it off. A longer timeout than the settings' is for waiting until a node is
    /// there: one that doesn't answer within the settings' is given up.
    package func submit(
        _ command: RedisCommand,
        timeout: Duration? = nil,
        completion: @escaping @Sendable (Result<RedisValue, RedisError>) -> Void
    ) {
        let submission = Submission(
            command: command,
            timeout: timeout ?? settings.commandTimeout,
            completion: completion
        )
        enum Place { case first, later, nowhere }
        let place = inbox.withLock { inbox -> Place in
            guard inbox.submissions.count < settings.commandsMaximum,
                inbox.bytes <= settings.bytesMaximum
            else { return .nowhere }
            inbox.submissions.append(submission)
            inbox.bytes += command.wire.count
            return inbox.submissions.count == 1 ? .first : .later
        }
        switch place {
        case .first: loop.submit { self.takeSubmissions() }
        case .later: break
        case .nowhere: completion(.failure(.busy))
        }
    }

    private func takeSubmissions() {
        let submissions = inbox.withLock { inbox in
            defer { inbox = Inbox() }
            return inbox.submissions
        }
        let board = board.value
        for submission in submissions {
            board.submit(
                submission.command,
                deadline: submission.timeout,
                submission.completion
            )
        }
    }

    package nonisolated(nonsending) func send(
        _ command: RedisCommand,
        timeout: Duration? = nil
    ) async throws(RedisError) -> RedisValue {
        let answer = await withCheckedContinuation { continuation in
            submit(command, timeout: timeout) { continuation.resume(returning: $0) }
        }
        return try answer.get()
    }

    /// Runs a script where its keys are; a node that doesn't know it is given its source.
    package nonisolated(nonsending) func run(
        _ script: RedisScript,
        keys: [[UInt8]],
        arguments: [[UInt8]] = []
    ) async throws(RedisError) -> RedisValue {
        try await send(RedisCommand(script, keys: keys, arguments: arguments))
    }

    // MARK: Channels.

    /// Hears channels until `unsubscribe`. The handler is called on the loop.
    @discardableResult
    package func subscribe(
        to channels: [[UInt8]],
        handler: @escaping @Sendable (RedisPush) -> Void
    ) -> RedisSubscription {
        let number = subscriptionsMade.wrappingAdd(1, ordering: .relaxed).newValue
        let subscription = RedisSubscription(number: number)
        let board = board
        loop.submit { board.value.subscribe(subscription, to: channels, handler) }
        return subscription
    }

    package func unsubscribe(_ subscription: RedisSubscription) {
        let board = board
        loop.submit { board.value.unsubscribe(subscription) }
    }

    /// PUBLISH or SPUBLISH: what reaches the subscribers of `subscribe`. Nil until it is known.
    package var publishCommand: String? { published.state.withLock(\.publishCommand) }

    // MARK: How it stands.

    /// Not older than a tenth of a second.
    package var condition: RedisCondition { published.state.withLock(\.condition) }
    package var counters: RedisCounters { published.state.withLock(\.counters) }

    /// Everything that waits ends as closed, and so does everything that comes later.
    package func close() {
        let board = board
        loop.submit { board.value.close() }
    }
}
