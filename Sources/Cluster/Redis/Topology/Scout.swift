import Reactor

/// Finds out where the commands go: asks one place after another, over connections of its own,
/// until one knows. Used once.
final class Scout {
    /// Where to ask, in this order.
    private var candidates: ArraySlice<RedisEndpoint>
    private let sentinel: SentinelQuestion?
    private let loop: EventLoop
    private let settings: LinkSettings
    private let sentinelSettings: LinkSettings
    private let completion: (Result<Discovery, LinkFailure>) -> Void
    private var link: RedisLink?
    private var isAskingSentinel = false
    private var answers: [RedisValue] = []
    private var lastFailure = LinkFailure.closed
    /// A replica will do when no master is found.
    private var replica: Discovery?

    /// The master that Sentinels are asked for, by name.
    struct SentinelQuestion {
        let master: String
    }

    init(
        _ candidates: [RedisEndpoint],
        master: String?,
        on loop: EventLoop,
        _ settings: LinkSettings,
        sentinels: LinkSettings,
        completion: @escaping (Result<Discovery, LinkFailure>) -> Void
    ) {
        self.candidates = candidates[...]
        sentinel = master.map(SentinelQuestion.init)
        self.loop = loop
        self.settings = settings
        sentinelSettings = sentinels
        self.completion = completion
    }

    func begin() {
        next()
    }

    func cancel() {
        link?.owner = nil
        link?.close()
    }

    private func next() {
        guard let candidate = candidates.popFirst() else {
            return completion(replica.map { .success($0) } ?? .failure(lastFailure))
        }
        isAskingSentinel = sentinel != nil
        open(candidate, isAskingSentinel ? sentinelSettings : settings)
    }

    private func open(_ endpoint: RedisEndpoint, _ settings: LinkSettings) {
        answers = []
        let link = RedisLink(endpoint, on: loop, settings)
        link.owner = self
        self.link = link
        link.begin()
    }

    private func ask(_ commands: [RedisCommand]) {
        guard let link else { return }
        for command in commands {
            let deadline = loop.now + settings.connectTimeout
            link.send(Request(command, deadline: deadline) { _ in })
        }
        // What is not answered in time: the next place may be quicker.
        loop.schedule(after: settings.connectTimeout) { [weak link] in link?.close(.silent) }
    }

    /// Gives this place up for the next.
    private func pass(_ failure: LinkFailure) {
        lastFailure = failure
        link?.owner = nil
        link?.close()
        link = nil
        next()
    }

    private func found(_ discovery: Discovery) {
        link?.owner = nil
        link?.close()
        link = nil
        completion(.success(discovery))
    }
}

extension Scout: LinkOwner {
    func linkOpened(_ link: RedisLink) {
        if isAskingSentinel, let sentinel {
            let question = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", sentinel.master]
            ask([RedisCommand(question.map { Array($0.utf8) })])
        } else {
            ask([
                RedisCommand("INFO", "server"), RedisCommand("ROLE"),
                RedisCommand("CLUSTER", "SLOTS"),
            ])
        }
    }

    func link(_ link: RedisLink, answered request: Request, with value: RedisValue) {
        if case .error(let error) = value, error.isPassing { return pass(.greeting(error)) }
        if isAskingSentinel { return sentinelAnswered(value) }
        answers.append(value)
        if answers.count == 3 { conclude(at: link.endpoint) }
    }

    private func sentinelAnswered(_ value: RedisValue) {
        if case .error(let error) = value { return pass(.greeting(error)) }
        guard let parts = value.array, parts.count == 2, let host = parts[0].text,
            let port = parts[1].text.flatMap({ UInt16($0) })
        else { return pass(.violation("the Sentinel knows no such master")) }
        link?.owner = nil
        link?.close()
        isAskingSentinel = false
        open(RedisEndpoint(host: host, port: port), settings)
    }

    /// A user may be forbidden to ask one thing or another: what is not known is taken to be usual.
    private func conclude(at endpoint: RedisEndpoint) {
        let report = ServerReport(answers[0].text ?? "")
        let version = report["redis_version"].flatMap { RedisVersion($0) }
        if let table = SlotTable(answers[2], askedAt: endpoint) {
            return found(Discovery(shape: .cluster(table), version: version))
        }
        let role = answers[1].array?.first?.text ?? "master"
        let discovery = Discovery(shape: .single(endpoint, role: role), version: version)
        guard role != "master" else { return found(discovery) }
        // Sentinel may be behind the times: it will know in a while.
        if sentinel == nil { replica = replica ?? discovery }
        pass(.greeting(RedisServerError("\(endpoint) is a \(role), not the master")))
    }

    func link(_ link: RedisLink, pushed value: RedisValue) {}

    func linkEnded(_ link: RedisLink, _ failure: LinkFailure, unsent: [Request]) {
        lastFailure = failure
        self.link = nil
        if failure == .loopStopped { return completion(.failure(failure)) }
        next()
    }
}
