/// How things stand.

extension Switchboard {
    var condition: RedisCondition {
        var condition = RedisCondition()
        condition.version = version?.description
        condition.waiting = parked.count
        condition.lastError = lastError
        condition.nodes = nodes.values.map(\.condition)
            .sorted { "\($0.endpoint)" < "\($1.endpoint)" }
        switch shape {
        case .unknown, .closed:
            condition.kind = .unknown
        case .single(let node):
            condition.kind = settings.address.kind == .direct ? .single : .sentinel
            condition.isServing = node.isOpen
        case .cluster(let table):
            condition.kind = .cluster
            condition.isServing =
                table.isComplete && table.endpoints.allSatisfy { nodes[$0]?.isOpen == true }
        }
        return condition
    }
}
