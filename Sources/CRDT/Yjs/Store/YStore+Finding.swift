/// Items by their ids, cut where an id asks for it.
extension YStore {
    /// The struct that holds this element, which must be known.
    @inline(__always)
    func item(_ client: YHandle, _ clock: UInt32) -> YHandle {
        clients[Int(client)].index.item(of: clock)
    }

    /// The struct that begins with this element; a run is cut for that.
    mutating func itemStarting(_ client: YHandle, _ clock: UInt32) -> YHandle {
        let position = clients[Int(client)].index.position(of: clock)
        let entry = clients[Int(client)].index[position]
        guard entry.clock < clock, items[Int(entry.item)].kind != .gc else { return entry.item }
        return split(entry.item, at: clock - entry.clock, position).item
    }

    /// The struct that ends with this element; a run is cut for that.
    mutating func itemEnding(_ client: YHandle, _ clock: UInt32) -> YHandle {
        let position = clients[Int(client)].index.position(of: clock)
        let entry = clients[Int(client)].index[position]
        let item = items[Int(entry.item)]
        guard item.end - 1 != clock, item.kind != .gc else { return entry.item }
        split(entry.item, at: clock + 1 - entry.clock, position)
        return entry.item
    }

    /// The handle of an element of which it is not known whether it is known.
    func knownItem(_ id: YID) -> YHandle? {
        let client = knownClient(id.client)
        guard client != .none, id.clock < clients[Int(client)].state else { return nil }
        return item(client, id.clock)
    }
}
