/// Items that are written here. Nobody contests their places: they go where they are put.
extension YStore {
    mutating func author(
        _ kind: YContentKind,
        _ content: [UInt8],
        _ length: UInt32,
        _ parent: YHandle,
        _ key: YHandle,
        _ left: YHandle,
        client: YHandle
    ) -> YHandle {
        transaction.hasCreated = true
        contentBound += content.count
        var item = YItem(
            client: client,
            clock: clients[Int(client)].state,
            length: length,
            kind: kind
        )
        item.parent = parent
        item.key = key
        item.left = left
        var right = types[Int(parent)].start
        if left != .none {
            item.originClient = items[Int(left)].client
            item.originClock = items[Int(left)].end - 1
            right = items[Int(left)].right
        }
        // A value of a map is always the last of its list.
        if key == .none, right != .none {
            item.rightOriginClient = items[Int(right)].client
            item.rightOriginClock = items[Int(right)].clock
        }
        item.contentStart = UInt32(truncatingIfNeeded: clients[Int(client)].content.count)
        clients[Int(client)].content.append(contentsOf: content)
        item.contentEnd = UInt32(truncatingIfNeeded: clients[Int(client)].content.count)
        clients[Int(client)].state = item.end
        return link(item)
    }

    /// Writes what this transaction did as an update of the first format.
    func encodeTransaction(of client: UInt64, from clock: UInt32) -> [UInt8] {
        var writer = RowWriter()
        let handle = knownClient(client)
        if handle != .none, clients[Int(handle)].state > clock {
            writer.writeCount(1)
            writeStructs(of: Int(handle), from: clock, into: &writer)
        } else {
            writer.writeCount(0)
        }
        var deletes = transaction.deleted.map {
            YDeleteRange(client: clients[Int($0.client)].id, clock: $0.clock, length: $0.length)
        }
        deletes.normalise()
        writer.write(deletes)
        return writer.finish()
    }
}
