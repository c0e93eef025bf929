/// A run is cut in two where something comes between its elements.
extension YStore {
    /// Cuts an item before its element at `offset`; gives the right part.
    @discardableResult
    mutating func split(
        _ item: YHandle,
        at offset: UInt32,
        _ position: YItemIndex.Position
    ) -> (item: YHandle, position: YItemIndex.Position) {
        makeRoom(of: items[Int(item)].client)
        let left = items[Int(item)]
        var right = left
        right.clock += offset
        right.length -= offset
        right.originClient = left.client
        right.originClock = right.clock - 1
        right.left = item
        items[Int(item)].length = offset
        splitContent(of: item, into: &right, at: Int(offset))
        let handle = add(right)
        items[Int(item)].right = handle
        if right.right != .none {
            items[Int(right.right)].left = handle
        } else if right.key != .none {
            types[Int(right.parent)].keys.setLast(handle, of: right.key)
        }
        let place = clients[Int(left.client)].index.insert(
            handle,
            clock: right.clock,
            after: position
        )
        noteSeam(left.client, right.clock)
        noteSeam(left.client, right.end)
        return (handle, place)
    }

    /// Tearing pairs makes garbage, which must not grow beyond what items can point to.
    private mutating func makeRoom(of client: YHandle) {
        if clients[Int(client)].content.count >> 31 != 0 { compactContent(of: client) }
    }

    private mutating func splitContent(
        of item: YHandle,
        into right: inout YItem,
        at offset: Int
    ) {
        let left = items[Int(item)]
        guard left.contentStart < left.contentEnd else { return }
        let client = Int(left.client)
        let cut = YContentCut.split(
            left.kind,
            clients[client].content,
            in: left.content,
            at: offset
        )
        guard !cut.tearsPair else { return tearPair(at: cut.byte, of: item, into: &right) }
        items[Int(item)].contentEnd = UInt32(truncatingIfNeeded: cut.byte)
        right.contentStart = UInt32(truncatingIfNeeded: cut.byte)
    }

    /// Replaces both halves of a surrogate pair by U+FFFD. Six bytes do not fit where four were,
    /// so the smaller part moves: tearing all pairs of a text must not copy all of it each time.
    private mutating func tearPair(at byte: Int, of item: YHandle, into right: inout YItem) {
        let left = items[Int(item)]
        let client = Int(left.client)
        let end = UInt32(truncatingIfNeeded: clients[client].content.count)
        if byte - Int(left.contentStart) < Int(left.contentEnd) - byte {
            let moved = clients[client].content[Int(left.contentStart)..<byte]
            clients[client].content.append(contentsOf: moved)
            clients[client].content.append(contentsOf: UTF8Text.replacement)
            items[Int(item)].contentStart = end
            items[Int(item)].contentEnd = end + UInt32(moved.count) + 3
            clients[client].content.replaceSubrange(byte + 1..<byte + 4, with: UTF8Text.replacement)
            right.contentStart = UInt32(byte) + 1
            clients[client].garbage += moved.count + 1
        } else {
            let moved = clients[client].content[byte + 4..<Int(left.contentEnd)]
            clients[client].content.append(contentsOf: UTF8Text.replacement)
            clients[client].content.append(contentsOf: moved)
            right.contentStart = end
            right.contentEnd = end + UInt32(moved.count) + 3
            clients[client].content.replaceSubrange(byte..<byte + 3, with: UTF8Text.replacement)
            items[Int(item)].contentEnd = UInt32(byte) + 3
            clients[client].garbage += moved.count + 1
        }
    }
}
