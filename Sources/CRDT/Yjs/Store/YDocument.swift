/// A Yjs document: takes updates in, tells its state, and is read and edited.
/// It belongs to one actor.
package final class YDocument {
    package let options: YDocumentOptions
    @exclusivity(unchecked) var store: YStore

    package init(options: YDocumentOptions = YDocumentOptions()) {
        self.options = options
        store = YStore(keepsDeletedContent: options.keepsDeletedContent)
    }

    /// Takes an update in. What depends on structs that are missing waits for them.
    @discardableResult
    package func apply(_ update: YUpdate) -> YChange {
        let change = store.apply(update)
        if !store.pending.isEmpty { store.pending.enforce(options.limits) }
        return change
    }

    package var stateVector: YStateVector {
        var vector = YStateVector()
        for client in store.clients { vector[client: client.id] = UInt64(client.state) }
        return vector
    }

    /// The update that brings somebody up to date who knows that much. What waits for missing
    /// structs is told only when asked for: who gets it would wait too.
    package func encodeStateV1(
        since known: YStateVector? = nil,
        includingPending: Bool = false
    ) -> [UInt8] {
        var writer = RowWriter(capacity: store.encodedSizeEstimate)
        let state = store.encodeState(since: known, into: &writer)
        return includingPending ? withPending(state) { $0.encodedV1() } : state
    }

    package func encodeStateV2(
        since known: YStateVector? = nil,
        includingPending: Bool = false
    ) -> [UInt8] {
        if includingPending, !store.pending.isEmpty {
            let state = encodeStateV1(since: known)
            return withPending(state) { $0.encodedV2() }
        }
        var writer = ColumnWriter()
        return store.encodeState(since: known, into: &writer)
    }

    private func withPending(_ state: [UInt8], _ encode: (YUpdate) -> [UInt8]) -> [UInt8] {
        guard !store.pending.isEmpty, let update = try? YUpdate(v1: state, limits: .storage) else {
            return state
        }
        var waiting = store.pending.structs
        waiting.deletes = store.pending.deletes
        return encode(YUpdate.merge([update, waiting]))
    }
}
