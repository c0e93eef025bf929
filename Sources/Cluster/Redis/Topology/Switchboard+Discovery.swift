import Logging
import Reactor

/// How the switchboard learns what there is, and follows when it changes. One scout at a time.
extension Switchboard {
    /// Redirections by the thousand are one reason to look, not thousands.
    private static var pauseMinimum: Duration { .milliseconds(200) }
    /// What can change by itself is looked at this often without any reason.
    private static var pauseMaximum: Duration { .seconds(10) }

    /// Looks around as soon as that is decent.
    func discoverSoon() {
        isScoutQueued = true
        discoverInTime()
    }

    func discoverInTime() {
        guard scout == nil, !isClosed else { return }
        let pause = lastScouted.map { loop.now - $0 } ?? .seconds(3600)
        if changesByItself, pause > Self.pauseMaximum { isScoutQueued = true }
        // A frozen master keeps its connections: that it has been replaced is known by the others.
        if case .cluster = shape, pause > settings.silence,
            nodes.values.contains(where: \.isSilent)
        {
            isScoutQueued = true
        }
        guard isScoutQueued, pause > Self.pauseMinimum else { return }
        discover()
    }

    private var changesByItself: Bool {
        if case .cluster = shape { true } else { settings.address.kind != .direct }
    }

    func discover() {
        guard scout == nil, !isClosed else { return }
        isScoutQueued = false
        lastScouted = loop.now
        var master: String?
        if case .sentinel(let name) = settings.address.kind { master = name }
        let scout = Scout(
            candidates,
            master: master,
            on: loop,
            linkSettings,
            sentinels: sentinelSettings
        ) { [weak self] answer in
            guard let self, !isClosed else { return }
            self.scout = nil
            lastScouted = loop.now
            switch answer {
            case .success(let discovery):
                scoutBackoff.reset()
                adopt(discovery)
            case .failure(.loopStopped):
                close(.loopStopped)
            case .failure(let failure):
                discoveryFailed(failure)
            }
        }
        self.scout = scout
        scout.begin()
    }

    /// Where to ask. In a cluster any node knows, those of the address last.
    private var candidates: [RedisEndpoint] {
        let given = settings.address.endpoints.shuffled()
        guard case .cluster = shape else { return settings.address.endpoints }
        let open = nodes.values.filter(\.isOpen).shuffled()
        let known = (open.filter { !$0.isSilent } + open.filter(\.isSilent)).map(\.endpoint)
        var order: [RedisEndpoint] = []
        for endpoint in (witness.map { [$0] } ?? []) + known + given where !order.contains(endpoint)
        {
            order.append(endpoint)
        }
        witness = nil
        return order
    }

    private func discoveryFailed(_ failure: LinkFailure) {
        lastError = failure.description
        if scoutBackoff.failures == 0 {
            logger.warning("Redis can't be reached.", metadata: ["reason": "\(failure)"])
        }
        // Who is refused today is refused in a second: nobody has to wait for that.
        if case .refused(let error) = failure { refuseParked(error.message) }
        loop.schedule(after: scoutBackoff.next()) { [weak self] in self?.discover() }
        publishCondition()
    }

    private func adopt(_ discovery: Discovery) {
        version = discovery.version ?? version
        lastError = nil
        switch discovery.shape {
        case .single(let endpoint, let role):
            let node = node(at: endpoint)
            node.role = role
            shape = .single(node)
            retireNodes(but: [endpoint])
            node.connect()
        case .cluster(let table):
            guard settings.address.database == 0 else {
                lastError = "a Redis Cluster has only database 0"
                refuseParked("a Redis Cluster has only database 0")
                loop.schedule(after: .seconds(2)) { [weak self] in self?.discover() }
                return
            }
            shape = .cluster(table)
            retireNodes(but: table.endpoints)
            for endpoint in table.endpoints { node(at: endpoint).connect() }
            if !table.isComplete { discoverLater() }
        }
        reconcileChannels()
        sendParked()
        publishCondition()
    }

    /// What a node is asked for now is answered before it goes, unless it is silent.
    private func retireNodes(but kept: Set<RedisEndpoint>) {
        for (endpoint, node) in nodes where !kept.contains(endpoint) {
            let isSilent = node.isSilent
            guard node.commands?.unansweredCount ?? 0 == 0 || !node.isOpen || isSilent else {
                discoverLater()
                continue
            }
            nodes[endpoint] = nil
            detachChannels(from: endpoint)
            node.retire(isSilent ? .silent : .closed)
        }
    }

    private func discoverLater() {
        loop.schedule(after: .milliseconds(500)) { [weak self] in self?.discoverSoon() }
    }

    // MARK: What nodes tell.

    func nodeOpened(_ node: RedisNode) {
        lastError = nil
        logger.info("Connected to Redis.", metadata: ["node": "\(node.endpoint)"])
        sendParked()
        publishCondition()
    }

    func nodeLost(_ node: RedisNode, _ failure: LinkFailure, unsent: [Request]) {
        if failure == .loopStopped { close(.loopStopped) }
        for request in unsent { park(request) }
        guard !node.isRetired, !isClosed else { return }
        lastError = "\(node.endpoint): \(failure)"
        logger.warning(
            "A connection to Redis was lost.",
            metadata: ["node": "\(node.endpoint)", "reason": "\(failure)"]
        )
        discoverSoon()
        publishCondition()
    }

    /// Its pause is over. One Redis is looked at again before it is connected to: it may have
    /// become another's replica. In a cluster the others tell when it has.
    func nodeRested(_ node: RedisNode) {
        if case .cluster = shape { node.connect() }
        discoverSoon()
    }
}
