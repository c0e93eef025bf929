/// A decoded and validated update: structs of clients, and what is deleted.
package struct YUpdate: Sendable {
    /// What the ranges of the structs are ranges of.
    var bytes: [UInt8] = []
    var blocks: ContiguousArray<YBlock> = []
    /// Highest client first, each client once.
    var groups: ContiguousArray<YBlockGroup> = []
    /// Normalised: see there.
    var deletes: [YDeleteRange] = []

    /// The update that changes nothing.
    package init() {}

    package var isEmpty: Bool { blocks.isEmpty && deletes.isEmpty }

    /// The clients whose structs are in this update, highest first.
    package var clients: [UInt64] { groups.map(\.client) }

    /// Where the structs of a client are among the groups.
    func group(of client: UInt64) -> Int? {
        var (low, high) = (0, groups.count)
        while low < high {
            let middle = (low + high) >> 1
            if groups[middle].client > client { low = middle + 1 } else { high = middle }
        }
        return low < groups.count && groups[low].client == client ? low : nil
    }

    /// What one knows who has only this: clients whose structs start at 0, up to the first hole.
    package var stateVector: YStateVector {
        var vector = YStateVector()
        for group in groups where blocks[group.blocks.lowerBound].id.clock == 0 {
            let known = blocks[group.blocks].prefix { $0.kind != .skip }
            vector[client: group.client] = UInt64(known.last?.end ?? 0)
        }
        return vector
    }

    package func encodedV1() -> [UInt8] {
        var writer = RowWriter()
        encode(into: &writer)
        return writer.finish()
    }

    package func encodedV2() -> [UInt8] {
        var writer = ColumnWriter()
        encode(into: &writer)
        return writer.finish()
    }

    private func encode(into writer: inout some YBlockWriter) {
        writer.writeCount(groups.count)
        for group in groups {
            let first = blocks[group.blocks.lowerBound]
            writer.beginClient(group.client, structs: group.blocks.count, clock: first.id.clock)
            for index in group.blocks {
                writer.write(blocks[index], content: bytes, names: bytes)
            }
        }
        writer.write(deletes)
    }
}
