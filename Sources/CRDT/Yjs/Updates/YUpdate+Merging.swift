/// Many updates as one, without a document.
extension YUpdate {
    /// One update that says what all of these say. Overlaps are cut off, holes become structs,
    /// and neighbours are joined where integrating them one after the other does the same.
    package static func merge(_ updates: [YUpdate]) -> YUpdate {
        var order: [UInt64: [(update: Int, blocks: Range<Int>)]] = [:]
        var builder = YUpdateBuilder()
        for (index, update) in updates.enumerated() {
            for group in update.groups {
                order[group.client, default: []].append((index, group.blocks))
            }
            builder.update.deletes.append(contentsOf: update.deletes)
        }
        for (client, runs) in order.sorted(by: { $0.key > $1.key }) {
            builder.begin(client)
            var sources: [(update: Int, block: Int, clock: UInt32)] = []
            for run in runs {
                for block in run.blocks where updates[run.update].blocks[block].kind != .skip {
                    let clock = updates[run.update].blocks[block].id.clock
                    sources.append((run.update, block, clock))
                }
            }
            sources.sort { ($0.clock, $0.update, $0.block) < ($1.clock, $1.update, $1.block) }
            for source in sources {
                let update = updates[source.update]
                builder.append(update.blocks[source.block], bytes: update.bytes)
            }
            builder.endClient()
        }
        builder.update.deletes.normalise()
        return builder.update
    }

    /// What of this somebody lacks who knows that much. Deletes are all kept: knowing an element
    /// does not tell whether one knows that it is deleted.
    package func difference(from known: YStateVector) -> YUpdate {
        var builder = YUpdateBuilder()
        for group in groups {
            let state = known[client: group.client]
            guard UInt64(blocks[group.blocks.upperBound - 1].end) > state else { continue }
            builder.begin(group.client, knownUpTo: UInt32(truncatingIfNeeded: state))
            for index in group.blocks where blocks[index].kind != .skip {
                builder.append(blocks[index], bytes: bytes)
            }
            builder.endClient()
        }
        builder.update.deletes = deletes
        return builder.update
    }
}
