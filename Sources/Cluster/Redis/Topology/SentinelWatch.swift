import Reactor

/// Listens to one Sentinel after another for the news that the master is another one now.
final class SentinelWatch: LinkOwner {
    private let master: String
    private let board: Switchboard
    private var link: RedisLink?
    private var turn = 0
    private var isResting = false
    private var isClosed = false
    private var backoff = Backoff()
    private var lastPing: LoopInstant
    private var lastAnswer: LoopInstant

    private static var pingInterval: Duration { .seconds(2) }

    init(of master: String, for board: Switchboard) {
        self.master = master
        self.board = board
        lastPing = board.loop.now
        lastAnswer = board.loop.now
    }

    func begin() {
        let places = board.settings.address.endpoints
        let link = RedisLink(
            places[turn % places.count],
            on: board.loop,
            board.sentinelSettings,
            isSubscriber: true
        )
        turn += 1
        link.owner = self
        self.link = link
        link.begin()
    }

    func close() {
        isClosed = true
        link?.close()
    }

    /// A Sentinel that is up but silent is left for the next.
    func check() {
        let now = board.loop.now
        guard let link, link.isOpen, now - lastPing > Self.pingInterval else { return }
        guard lastAnswer >= lastPing else { return link.close(.deaf) }
        lastPing = now
        link.push(RedisCommand("PING"))
    }

    func linkOpened(_ link: RedisLink) {
        backoff.reset()
        lastPing = board.loop.now
        lastAnswer = lastPing
        link.push(RedisCommand("SUBSCRIBE", "+switch-master"))
        // It may have happened before anybody listened.
        board.discoverSoon()
    }

    func link(_ link: RedisLink, pushed value: RedisValue) {
        lastAnswer = board.loop.now
        if case .error(let error) = value { return link.close(.refused(error)) }
        guard let parts = value.array, parts.count == 3, parts[0].text == "message",
            let words = parts[2].text?.split(separator: " "), words.first == master[...]
        else { return }
        board.discoverSoon()
    }

    func link(_ link: RedisLink, answered request: Request, with value: RedisValue) {}

    func linkEnded(_ link: RedisLink, _ failure: LinkFailure, unsent: [Request]) {
        self.link = nil
        guard !isClosed, failure != .loopStopped else { return }
        board.loop.schedule(after: backoff.next()) { [weak self] in
            guard let self, !isClosed else { return }
            begin()
        }
    }
}
