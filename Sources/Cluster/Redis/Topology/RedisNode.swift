import Reactor

/// One Redis process as the client knows it: the link for its commands, made anew when it is lost,
/// and the subscriber beside it.
final class RedisNode {
    let endpoint: RedisEndpoint
    let subscriber: Subscriber
    private let board: Switchboard
    private(set) var commands: RedisLink?
    private(set) var lastError: String?
    private var backoff = Backoff()
    private var isResting = false
    private(set) var isRetired = false
    var role = "master"

    init(_ endpoint: RedisEndpoint, on board: Switchboard) {
        self.endpoint = endpoint
        self.board = board
        subscriber = Subscriber(endpoint, on: board)
    }

    var isOpen: Bool { commands?.isOpen == true }

    /// It has been asked and says nothing, for so long that others may know why.
    var isSilent: Bool {
        commands?.silence.map { $0 > board.settings.silence } ?? false
    }

    /// Connects, unless it is or a pause has to pass first.
    func connect() {
        guard commands == nil, !isResting, !isRetired else { return }
        let link = RedisLink(endpoint, on: board.loop, board.linkSettings)
        link.owner = self
        commands = link
        link.begin()
    }

    /// Nobody comes here any more.
    func retire(_ reason: LinkFailure = .closed) {
        isRetired = true
        commands?.close(reason)
        subscriber.retire()
    }

    var condition: RedisCondition.Node {
        RedisCondition.Node(
            endpoint: endpoint,
            role: role,
            commands: isResting
                ? .resting : commands.map { $0.isOpen ? .open : .connecting } ?? .none,
            subscription: subscriber.state,
            lastError: lastError ?? subscriber.lastError,
            unanswered: commands?.unansweredCount ?? 0,
            channels: subscriber.channelCount,
            probeRoundTrip: subscriber.probe.roundTrip,
            probeAge: subscriber.probe.age(at: board.loop.now),
            probeRefusal: subscriber.probe.refusal
        )
    }
}

extension RedisNode: LinkOwner {
    func linkOpened(_ link: RedisLink) {
        backoff.reset()
        lastError = nil
        board.counters.connections += 1
        board.nodeOpened(self)
    }

    func link(_ link: RedisLink, answered request: Request, with value: RedisValue) {
        board.answered(request, with: value, by: self)
    }

    func link(_ link: RedisLink, pushed value: RedisValue) {}

    func linkEnded(_ link: RedisLink, _ failure: LinkFailure, unsent: [Request]) {
        commands = nil
        lastError = failure == .closed ? nil : failure.description
        if !isRetired, failure != .loopStopped {
            board.counters.losses += 1
            isResting = true
            board.loop.schedule(after: backoff.next()) { [weak self] in
                guard let self else { return }
                isResting = false
                if !isRetired { board.nodeRested(self) }
            }
        }
        board.nodeLost(self, failure, unsent: unsent)
    }
}
