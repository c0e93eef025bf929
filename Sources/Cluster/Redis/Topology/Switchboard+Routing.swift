import Reactor

/// The way of a command: to the node that it belongs to, elsewhere when that node says so, and
/// aside while there is none.

extension Switchboard {
    /// A command may be sent this often because of redirections; then it waits for a while.
    private static var returnsMaximum: Int { 8 }

    private enum Route {
        case node(RedisNode)
        case nowhere(String)
        case parked
    }

    func submit(_ command: RedisCommand, deadline: Duration, _ done: @escaping Request.Completion) {
        guard !isClosed else { return done(.failure(.closed)) }
        counters.commands += 1
        send(
            Request(command, deadline: loop.now + deadline) { [weak self] answer in
                if case .failure = answer { self?.counters.errors += 1 }
                done(answer)
            }
        )
    }

    func send(_ request: Request, asking: RedisEndpoint? = nil) {
        switch asking.map({ .node(node(at: $0)) }) ?? route(request.command.target) {
        case .node(let node):
            guard let link = node.commands, link.isOpen else {
                node.connect()
                return park(request)
            }
            guard link.hasRoom(for: request) else { return request.completion(.failure(.busy)) }
            link.send(request, asking: asking != nil)
        case .nowhere(let reason):
            request.completion(.failure(.unavailable(reason)))
        case .parked:
            park(request)
        }
    }

    private func route(_ target: RedisCommand.Target) -> Route {
        switch (shape, target) {
        case (.unknown, _), (.closed, _):
            .parked
        case (_, .node(let endpoint)):
            nodes[endpoint].map { .node($0) } ?? .nowhere("\(endpoint) is not one of the nodes")
        case (.single(let node), _):
            .node(node)
        case (.cluster(let table), .slot(let slot)):
            table[slot].map { .node(node(at: $0)) } ?? .parked
        case (.cluster, .any):
            anyNode.map { .node($0) } ?? .parked
        }
    }

    /// One whose link is open, if there is any.
    var anyNode: RedisNode? {
        nodes.values.first { $0.isOpen } ?? nodes.values.first
    }

    func node(at endpoint: RedisEndpoint) -> RedisNode {
        if let node = nodes[endpoint] { return node }
        let node = RedisNode(endpoint, on: self)
        nodes[endpoint] = node
        node.connect()
        return node
    }

    func answered(_ request: Request, with value: RedisValue, by node: RedisNode) {
        guard case .error(let error) = value else { return request.completion(.success(value)) }
        var request = request
        request.returns += 1
        switch error.code {
        case "MOVED":
            guard let place = Redirection(error, from: node.endpoint) else { break }
            moved(place)
            return request.returns > Self.returnsMaximum ? park(request) : send(request)
        case "ASK":
            guard let place = Redirection(error, from: node.endpoint) else { break }
            counters.redirections += 1
            let isLost = request.returns > Self.returnsMaximum
            return isLost ? park(request) : send(request, asking: place.endpoint)
        case "NOSCRIPT" where request.command.fallback != nil && !request.isBySource:
            request.isBySource = true
            return send(request)
        default:
            break
        }
        guard error.isPassing else { return request.completion(.failure(.server(error))) }
        lastError = error.message
        counters.repetitions += 1
        // It was refused because of who this node is: somebody knows who it should be.
        if error.code != "TRYAGAIN", error.code != "LOADING" { discoverSoon() }
        park(request)
    }

    /// A slot's master is another.
    func moved(_ place: Redirection) {
        counters.redirections += 1
        witness = place.endpoint
        if case .cluster(var table) = shape, table[place.slot] != place.endpoint {
            table[place.slot] = place.endpoint
            shape = .cluster(table)
            mustReconcile = true
        }
        discoverSoon()
    }

    // MARK: What waits.

    func park(_ request: Request) {
        guard !isClosed else { return request.completion(.failure(.closed)) }
        let bytes = request.wire.count
        guard parked.count < settings.commandsMaximum,
            parkedBytes + bytes <= settings.bytesMaximum
        else { return request.completion(.failure(.busy)) }
        parked.append(request)
        parkedBytes += bytes
    }

    /// Tries what waits once more, in order.
    func sendParked() {
        guard !parked.isEmpty else { return }
        parkedBytes = 0
        for request in parked.takeAll() { send(request) }
    }

    func expireParked() {
        guard let oldest = parked.first else { return }
        let now = loop.now
        guard oldest.deadline < now || parked.count > 1 else { return }
        let waiting = parked.takeAll()
        parkedBytes = 0
        let reason = lastError ?? "no node can take the command"
        for request in waiting {
            if request.deadline < now {
                request.completion(.failure(.unavailable(reason)))
            } else {
                park(request)
            }
        }
    }

    /// Nothing will come of waiting.
    func refuseParked(_ reason: String) {
        parkedBytes = 0
        for request in parked.takeAll() { request.completion(.failure(.unavailable(reason))) }
    }
}
