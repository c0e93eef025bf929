/// The state of a document as an update.
extension YStore {
    /// A struct as it stands on the wire: its content is among that of its client, its names are
    /// among all names.
    @inline(__always)
    func block(of item: YItem) -> YBlock {
        let id = YID(client: clients[Int(item.client)].id, clock: item.clock)
        var block = YBlock(id: id, length: item.length, kind: item.kind)
        guard block.isItem else { return block }
        block.contentStart = item.contentStart
        block.contentEnd = item.contentEnd
        if item.key != .none { block.setKey(names.range(item.key)) }
        if item.originClient != .none {
            block.flags.insert(.origin)
            block.origin.client = clients[Int(item.originClient)].id
            block.origin.clock = item.originClock
        }
        if item.rightOriginClient != .none {
            block.flags.insert(.rightOrigin)
            block.rightOrigin.client = clients[Int(item.rightOriginClient)].id
            block.rightOrigin.clock = item.rightOriginClock
        }
        if !block.hasOrigin, !block.hasRightOrigin { setParent(of: &block, item) }
        return block
    }

    private func setParent(of block: inout YBlock, _ item: YItem) {
        let owner = types[Int(item.parent)].owner
        if owner == .none {
            block.setRoot(names.range(types[Int(item.parent)].rootName))
        } else {
            block.flags.insert(.parentIsItem)
            block.parent.client = clients[Int(items[Int(owner)].client)].id
            block.parent.clock = items[Int(owner)].clock
        }
    }

    /// Writes all structs that somebody lacks who knows that much.
    func writeStructs(
        since known: YStateVector?,
        into writer: inout some YBlockWriter
    ) {
        let lacking = clients.indices.filter {
            UInt64(clients[$0].state) > known?[client: clients[$0].id] ?? 0
        }
        writer.writeCount(lacking.count)
        for client in lacking.sorted(by: { clients[$0].id > clients[$1].id }) {
            let clock = known?[client: clients[client].id] ?? 0
            writeStructs(of: client, from: UInt32(truncatingIfNeeded: clock), into: &writer)
        }
    }

    func writeStructs(
        of client: Int,
        from clock: UInt32,
        into writer: inout some YBlockWriter
    ) {
        let index = clients[client].index
        let content = clients[client].content
        let names = names.bytes
        let start = index.position(of: clock)
        writer.beginClient(clients[client].id, structs: index.count(from: start), clock: clock)
        var place: YItemIndex.Position? = start
        while let position = place {
            let entry = index[position]
            var block = block(of: items[Int(entry.item)])
            if entry.clock < clock { block = block.dropping(clock - entry.clock, bytes: content) }
            writer.write(block, content: content, names: names)
            place = index.next(after: position)
        }
    }

    /// All that is deleted, neighbours joined, highest client first.
    func deletedRanges() -> [YDeleteRange] {
        var ranges: [YDeleteRange] = []
        for client in clients.indices.sorted(by: { clients[$0].id > clients[$1].id }) {
            let id = clients[client].id
            guard !clients[client].index.isEmpty else { continue }
            clients[client].index.visit { entry in
                let item = items[Int(entry.item)]
                guard item.isDeleted else { return }
                if let last = ranges.indices.last, ranges[last].client == id,
                    ranges[last].end == item.clock
                {
                    ranges[last].length += item.length
                } else {
                    ranges.append(YDeleteRange(client: id, clock: item.clock, length: item.length))
                }
            }
        }
        return ranges
    }

    func encodeState(
        since known: YStateVector?,
        into writer: inout some YBlockWriter
    ) -> [UInt8] {
        writeStructs(since: known, into: &writer)
        writer.write(deletedRanges())
        return writer.finish()
    }
}
