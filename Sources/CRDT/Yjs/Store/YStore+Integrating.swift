/// YATA: where a struct belongs among those that others put in the same place.
extension YStore {
    /// Takes in a struct whose dependencies are known, from its element at `offset` on.
    /// `origin` and `rightOrigin` are the clients of those.
    mutating func integrate(
        _ block: YBlock,
        from offset: UInt32,
        client: YHandle,
        origin: YHandle,
        rightOrigin: YHandle,
        bytes: [UInt8]
    ) {
        transaction.hasCreated = true
        if offset == 0, extendLast(with: block, client, origin, rightOrigin, bytes) { return }
        defer { clients[Int(client)].state = block.end }
        var item = YItem(
            client: client,
            clock: block.id.clock + offset,
            length: block.length - offset,
            kind: block.kind
        )
        guard block.isItem else { return appendGrave(item) }
        if offset > 0 {
            item.originClient = client
            item.originClock = item.clock - 1
        } else if block.hasOrigin {
            item.originClient = origin
            item.originClock = block.origin.clock
        }
        if item.originClient != .none {
            item.left = itemEnding(item.originClient, item.originClock)
        }
        if block.hasRightOrigin {
            item.rightOriginClient = rightOrigin
            item.rightOriginClock = block.rightOrigin.clock
            item.right = itemStarting(rightOrigin, block.rightOrigin.clock)
        }
        guard findParent(of: &item, block, bytes) else { return appendGrave(item) }
        if isContested(item) { resolveConflict(of: &item) }
        takeContent(of: block, from: offset, into: &item, bytes)
        link(item)
    }

    /// A struct whose place is gone, or that never had one.
    private mutating func appendGrave(_ item: YItem) {
        let client = Int(item.client)
        let last = clients[client].index.last
        if last != .none, items[Int(last)].kind == .gc {
            items[Int(last)].length += item.length
            return
        }
        var grave = YItem(client: item.client, clock: item.clock, length: item.length, kind: .gc)
        grave.isDeleted = true
        clients[client].index.append(add(grave), clock: item.clock)
    }

    /// Somebody goes on writing where he was: his last run becomes longer, and that is all.
    @inline(__always)
    private mutating func extendLast(
        with block: YBlock,
        _ client: YHandle,
        _ origin: YHandle,
        _ rightOrigin: YHandle,
        _ bytes: [UInt8]
    ) -> Bool {
        guard block.kind == .string, origin == client, block.origin.clock &+ 1 == block.id.clock
        else { return false }
        let last = Int(clients[Int(client)].index.last)
        guard items[last].kind == .string, !items[last].isDeleted, items[last].key == .none,
            Int(items[last].contentEnd) == clients[Int(client)].content.count,
            items[last].rightOriginClient == rightOrigin
        else { return false }
        let right = items[last].right
        if rightOrigin == .none {
            guard right == .none else { return false }
        } else {
            guard right != .none, items[last].rightOriginClock == block.rightOrigin.clock,
                items[Int(right)].client == rightOrigin,
                items[Int(right)].clock == block.rightOrigin.clock
            else { return false }
        }
        clients[Int(client)].content.append(contentsOf: bytes[block.content])
        clients[Int(client)].state = block.end
        items[last].length += block.length
        items[last].contentEnd += UInt32(truncatingIfNeeded: block.content.count)
        transaction.noteChanged(types[Int(items[last].parent)].rootName)
        return true
    }

    /// Finds the type and the key that an item belongs to; false if that is gone.
    private mutating func findParent(
        of item: inout YItem,
        _ block: YBlock,
        _ bytes: [UInt8]
    ) -> Bool {
        if item.left != .none, items[Int(item.left)].kind == .gc { return false }
        if item.right != .none, items[Int(item.right)].kind == .gc { return false }
        let neighbour = item.left != .none ? item.left : item.right
        if neighbour != .none {
            item.parent = items[Int(neighbour)].parent
            item.key = items[Int(neighbour)].key
            return true
        }
        if block.flags.contains(.parentIsRoot) {
            item.parent = root(bytes[block.rootName])
        } else {
            let owner = self.item(client(block.parent.client), block.parent.clock)
            guard items[Int(owner)].type != .none else { return false }
            item.parent = items[Int(owner)].type
        }
        if block.flags.contains(.key) { item.key = names.handle(bytes[block.key]) }
        return true
    }

    private func isContested(_ item: YItem) -> Bool {
        if item.left != .none { return items[Int(item.left)].right != item.right }
        return item.right == .none || items[Int(item.right)].left != .none
    }

    /// Where the list begins that an item without left neighbour belongs to.
    private func firstItem(beside item: YItem) -> YHandle {
        guard item.key != .none else { return types[Int(item.parent)].start }
        return types[Int(item.parent)].keys.entry(item.key)?.first ?? .none
    }

    private func resolveConflict(of item: inout YItem) {
        var other =
            item.left == .none ? firstItem(beside: item) : items[Int(item.left)].right
        var scan = YConflictScan()
        while other != .none, other != item.right {
            scan.add(other)
            let rival = items[Int(other)]
            if rival.hasOrigin(of: item) {
                if clients[Int(rival.client)].id < clients[Int(item.client)].id {
                    item.left = other
                    scan.settle()
                } else if rival.hasRightOrigin(of: item) {
                    break
                }
            } else if rival.originClient != .none,
                let place = scan.place(of: self.item(rival.originClient, rival.originClock))
            {
                if !scan.isConflicting(place) {
                    item.left = other
                    scan.settle()
                }
            } else {
                break
            }
            other = rival.right
        }
    }

    private mutating func takeContent(
        of block: YBlock,
        from offset: UInt32,
        into item: inout YItem,
        _ bytes: [UInt8]
    ) {
        let part = block.dropping(offset, bytes: bytes)
        let client = Int(item.client)
        item.contentStart = UInt32(truncatingIfNeeded: clients[client].content.count)
        if part.flags.contains(.tornStart) {
            clients[client].content.append(contentsOf: UTF8Text.replacement)
        }
        if !part.content.isEmpty {
            clients[client].content.append(contentsOf: bytes[part.content])
        }
        item.contentEnd = UInt32(truncatingIfNeeded: clients[client].content.count)
    }

    /// Puts an item into the list behind its left neighbour.
    @discardableResult
    mutating func link(_ item: YItem) -> YHandle {
        let handle = add(item)
        let right: YHandle
        if item.left != .none {
            right = items[Int(item.left)].right
            items[Int(item.left)].right = handle
        } else {
            right = firstItem(beside: item)
            if item.key == .none {
                types[Int(item.parent)].start = handle
            } else {
                types[Int(item.parent)].keys.setFirst(handle, of: item.key)
            }
        }
        items[Int(handle)].right = right
        clients[Int(item.client)].index.append(handle, clock: item.clock)
        noteSeam(item.client, item.clock)
        transaction.noteChanged(types[Int(item.parent)].rootName)
        if right != .none {
            items[Int(right)].left = handle
        } else if item.key != .none {
            types[Int(item.parent)].keys.setLast(handle, of: item.key)
            if item.left != .none { delete(item.left) }
        }
        settleContent(of: handle)
        let owner = types[Int(item.parent)].owner
        if owner != .none && items[Int(owner)].isDeleted || item.key != .none && right != .none {
            delete(handle)
        }
        return handle
    }

    /// Tombstones are deleted from the start, and a type has to be there for its elements.
    private mutating func settleContent(of handle: YHandle) {
        let item = items[Int(handle)]
        if item.kind == .deleted {
            items[Int(handle)].isDeleted = true
            transaction.noteDeleted(item.client, item.clock, item.length)
        } else if item.kind == .type {
            let content = clients[Int(item.client)].content
            items[Int(handle)].type = add(
                YType(
                    owner: handle,
                    rootName: types[Int(item.parent)].rootName,
                    code: YTypeCode(content: content, in: item.content),
                    depth: types[Int(item.parent)].depth + 1
                )
            )
        }
    }
}
