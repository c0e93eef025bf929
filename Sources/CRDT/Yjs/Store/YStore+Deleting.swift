/// Deleting marks; what the marked ones held is let go at the end of the transaction.
extension YStore {
    /// Deletes a range of a client's elements as far as they are known; gives the rest.
    mutating func delete(_ range: YDeleteRange) -> YDeleteRange? {
        let client = client(range.client)
        let state = client == .none ? 0 : clients[Int(client)].state
        guard range.clock < state else { return range }
        deleteKnown(client, range.clock, to: min(range.end, state))
        guard range.end > state else { return nil }
        return YDeleteRange(client: range.client, clock: state, length: range.end - state)
    }

    private mutating func deleteKnown(_ client: YHandle, _ start: UInt32, to end: UInt32) {
        var position = clients[Int(client)].index.position(of: start)
        var entry = clients[Int(client)].index[position]
        if entry.clock < start, !items[Int(entry.item)].isDeleted {
            (entry.item, position) = split(entry.item, at: start - entry.clock, position)
            entry.clock = start
        }
        while entry.clock < end {
            if !items[Int(entry.item)].isDeleted {
                if items[Int(entry.item)].end > end {
                    split(entry.item, at: end - entry.clock, position)
                    return delete(entry.item)
                }
                delete(entry.item)
            }
            guard let next = clients[Int(client)].index.next(after: position) else { return }
            position = next
            entry = clients[Int(client)].index[position]
        }
    }

    /// Deletes an item, and all that is in it.
    mutating func delete(_ item: YHandle) {
        guard !items[Int(item)].isDeleted else { return }
        markDeleted(item)
        guard items[Int(item)].type != .none else { return }
        var types = [items[Int(item)].type]
        while let type = types.popLast() {
            deleteChildren(of: type, nested: &types)
        }
    }

    private mutating func markDeleted(_ item: YHandle) {
        let dying = items[Int(item)]
        items[Int(item)].isDeleted = true
        transaction.noteDeleted(dying.client, dying.clock, dying.length)
        transaction.noteChanged(types[Int(dying.parent)].rootName)
    }

    /// Nested types are a list to work through, not a recursion: their depth is up to others.
    private mutating func deleteChildren(of type: YHandle, nested: inout [YHandle]) {
        var child = types[Int(type)].start
        while child != .none {
            deleteChild(child, nested: &nested)
            child = items[Int(child)].right
        }
        for entry in types[Int(type)].keys.entries { deleteChild(entry.last, nested: &nested) }
    }

    private mutating func deleteChild(_ child: YHandle, nested: inout [YHandle]) {
        guard !items[Int(child)].isDeleted else { return }
        markDeleted(child)
        if items[Int(child)].type != .none { nested.append(items[Int(child)].type) }
    }
}
