/// What an update would do, without doing it.
extension YStore {
    /// Whether all structs of the update are known, and all that it deletes is deleted.
    func covers(_ update: YUpdate) -> Bool {
        for group in update.groups {
            let client = knownClient(group.client)
            let state = client == .none ? 0 : clients[Int(client)].state
            let last = update.blocks[group.blocks].last { $0.kind != .skip }
            guard last?.end ?? 0 <= state else { return false }
        }
        return update.deletes.allSatisfy(isDeleted)
    }

    private func isDeleted(_ range: YDeleteRange) -> Bool {
        let client = knownClient(range.client)
        guard client != .none, range.end <= clients[Int(client)].state else { return false }
        let index = clients[Int(client)].index
        var place: YItemIndex.Position? = index.position(of: range.clock)
        while let position = place, index[position].clock < range.end {
            guard items[Int(index[position].item)].isDeleted else { return false }
            place = index.next(after: position)
        }
        return true
    }

    /// Whether something of the update may have to wait. It may look so when structs of the
    /// update depend on each other in a circle only.
    func leavesPending(_ update: YUpdate) -> Bool {
        func isKnown(_ id: YID) -> Bool {
            let client = knownClient(id.client)
            if client != .none, id.clock < clients[Int(client)].state { return true }
            guard let group = update.group(of: id.client) else { return false }
            return id.clock < update.blocks[update.groups[group].blocks.upperBound - 1].end
        }
        for group in update.groups {
            let client = knownClient(group.client)
            let state = client == .none ? 0 : clients[Int(client)].state
            guard update.blocks[group.blocks.lowerBound].id.clock <= state else { return true }
            for block in update.blocks[group.blocks] {
                if block.kind == .skip && block.end > state
                    || block.hasOrigin && !isKnown(block.origin)
                    || block.hasRightOrigin && !isKnown(block.rightOrigin)
                    || block.flags.contains(.parentIsItem) && !isKnown(block.parent)
                {
                    return true
                }
            }
        }
        return update.deletes.contains {
            !isKnown(YID(client: $0.client, clock: $0.clock + ($0.length - 1)))
        }
    }
}
