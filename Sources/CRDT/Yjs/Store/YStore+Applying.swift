/// The way of an update into the store.
extension YStore {
    /// Takes in an update, and whatever waited for it. Begins and ends a transaction.
    mutating func apply(_ update: YUpdate) -> YChange {
        transaction.reset()
        guard hasRoom(for: update) else { return YChange() }
        if !update.groups.isEmpty { integrateAll(of: update) }
        if !pending.deletes.isEmpty || !update.deletes.isEmpty { applyDeletes(update.deletes) }
        finishTransaction()
        var change = YChange()
        change.isChanged = !transaction.isEmpty
        if !transaction.roots.isEmpty { change.roots = changedRootNames() }
        if !pending.structs.blocks.isEmpty { change.missing = pending.missingVector }
        return change
    }

    /// Whether the content of all clients stays within what items can point to.
    private mutating func hasRoom(for update: YUpdate) -> Bool {
        contentBound += update.bytes.count
        if contentBound >> 31 != 0 { contentBound = contentSize + update.bytes.count }
        return contentBound >> 31 == 0
    }

    /// The end of each transaction, whoever made it.
    mutating func finishTransaction() {
        if !keepsDeletedContent, !transaction.deleted.isEmpty { collectDeleted() }
        for span in transaction.deleted {
            noteSeam(span.client, span.clock)
            noteSeam(span.client, span.clock + span.length)
        }
        mergeSeams()
        guard !keepsDeletedContent else { return }
        for span in transaction.deleted where clients[Int(span.client)].garbage > 1_024 {
            compactContent(of: span.client)
        }
    }

    private mutating func integrateAll(of update: YUpdate) {
        reserve(update.blocks.count)
        if update.groups.count == 1, integrateAlone(update) { return retryPending() }
        var integration = YIntegration(update)
        integration.run(&self)
        park(integration.parked)
        retryPending()
    }

    /// Most updates have structs of one client, and nothing is in their way.
    private mutating func integrateAlone(_ update: YUpdate) -> Bool {
        var cursor = 0
        return integrate(update, &cursor, update.groups[0], until: .max) == nil
    }

    /// Adds to what waits.
    private mutating func park(_ parked: YPending) {
        guard !parked.structs.blocks.isEmpty else { return }
        if pending.structs.blocks.isEmpty {
            pending.structs = parked.structs
        } else {
            pending.structs = YUpdate.merge([pending.structs, parked.structs])
        }
        for (client, clock) in parked.missing { pending.noteMissing(client, clock) }
    }

    /// Tries what waits, if something came that it waited for. A second round is needed only
    /// when structs of one waiting update were waited for by another.
    private mutating func retryPending() {
        while !pending.structs.blocks.isEmpty,
            pending.missing.contains(where: { $0.value < state($0.key) })
        {
            var integration = YIntegration(pending.structs)
            pending.structs = YUpdate()
            pending.missing = [:]
            integration.run(&self)
            park(integration.parked)
        }
    }

    private mutating func applyDeletes(_ deletes: [YDeleteRange]) {
        var rest: [YDeleteRange] = []
        for range in pending.deletes {
            if let unknown = delete(range) { rest.append(unknown) }
        }
        for range in deletes {
            if let unknown = delete(range) { rest.append(unknown) }
        }
        rest.normalise()
        pending.deletes = rest
    }

    /// Integrates the structs of one client until the element at `until` is known, or until
    /// something is in the way.
    mutating func integrate(
        _ update: YUpdate,
        _ cursor: inout Int,
        _ group: YBlockGroup,
        until: UInt32
    ) -> YIntegration.Obstacle? {
        var client = client(group.client)
        var state = client == .none ? 0 : clients[Int(client)].state
        while cursor < group.blocks.upperBound, state <= until {
            let block = update.blocks[cursor]
            if block.kind == .skip || block.end <= state {
                cursor += 1
                continue
            }
            guard block.id.clock <= state else { return .gap(state) }
            var origin = YHandle.none
            var rightOrigin = YHandle.none
            if block.hasOrigin {
                guard let known = dependency(block.origin, group.client, client) else {
                    return .dependency(block.origin)
                }
                origin = known
            }
            if block.hasRightOrigin {
                guard let known = dependency(block.rightOrigin, group.client, client) else {
                    return .dependency(block.rightOrigin)
                }
                rightOrigin = known
            }
            if block.flags.contains(.parentIsItem),
                dependency(block.parent, group.client, client) == nil
            {
                return .dependency(block.parent)
            }
            if client == .none { client = addClient(group.client) }
            integrate(
                block,
                from: state - block.id.clock,
                client: client,
                origin: origin,
                rightOrigin: rightOrigin,
                bytes: update.bytes
            )
            state = block.end
            cursor += 1
        }
        return nil
    }

    /// The client of an element that is known; nil if it is not.
    @inline(__always)
    private mutating func dependency(
        _ id: YID,
        _ ownID: UInt64,
        _ own: YHandle
    ) -> YHandle? {
        // Decoding made sure that references to the own client point backwards.
        if id.client == ownID { return own }
        let handle = client(id.client)
        guard handle != .none, id.clock < clients[Int(handle)].state else { return nil }
        return handle
    }
}
