/// A store as bytes: what it holds, and nothing that can be made again from that.
extension ShardStore {
    private static let version: UInt8 = 1

    package func snapshot() -> [UInt8] {
        var writer = PackedWriter([Self.version])
        writer.bytes.reserveCapacity(heads.count * 512)
        for number in [seriesNumbers, blockNumbers, changes, seriesChangedAt] {
            writer.varint(number)
        }
        writer.varint(sweepSlot)
        writer.varint(heads.count)
        for slot in heads.indices {
            writer.varint(heads[slot].number)
            if heads[slot].number > 0 { write(slot, to: &writer) }
        }
        writer.varint(index.table.free.count)
        for slot in index.table.free { writer.varint(Int(slot)) }
        writer.varint(pending.count)
        for block in pending { write(block, to: &writer) }
        return writer.bytes
    }

    private func write(_ slot: Int, to writer: inout PackedWriter) {
        let head = heads[slot]
        writer.run(index.labels(slot).bytes)
        writer.zigzag(head.last.at)
        writer.word(head.last.value.bitPattern)
        head.open.encode(to: &writer)
        writer.zigzag(head.firstOpen)
        writer.zigzag(head.sealedUpTo)
        writer.varint(Int(head.sealAt))
        writer.varint(head.changedAt)
        writer.run(head.rows)
        let late = head.hasLate ? late[UInt32(slot)] ?? Samples() : Samples()
        writer.varint(late.count)
        for index in 0..<late.count {
            writer.zigzag(late.times[index])
            writer.word(late.values[index].bitPattern)
        }
    }

    private func write(_ block: SealedBlock, to writer: inout PackedWriter) {
        writer.varint(block.sequence)
        writer.varint(block.series)
        writer.byte(block.tier.rawValue)
        writer.byte(block.stands.rawValue)
        writer.zigzag(block.start)
        writer.zigzag(block.end)
        writer.varint(block.count)
        writer.run(block.bytes)
    }

    /// Nil when the bytes are no snapshot.
    package init?(_ snapshot: [UInt8], _ settings: StoreSettings = StoreSettings()) {
        self.init(settings)
        var reader = PackedReader(snapshot)
        guard reader.byte() == Self.version, let seriesNumbers = reader.varint(),
            let blockNumbers = reader.varint(), let changes = reader.varint(),
            let seriesChangedAt = reader.varint(),
            let sweepSlot = reader.count(most: Int(UInt32.max)),
            let slots = reader.count(most: reader.left)
        else { return nil }
        self.seriesNumbers = seriesNumbers
        self.blockNumbers = blockNumbers
        self.changes = changes
        self.seriesChangedAt = seriesChangedAt
        self.sweepSlot = sweepSlot
        heads.reserveCapacity(slots)
        for _ in 0..<slots {
            guard readSeries(&reader) else { return nil }
        }
        guard let free = reader.count(most: slots) else { return nil }
        var freeSlots: [UInt32] = []
        for _ in 0..<free {
            guard let slot = reader.count(most: slots - 1) else { return nil }
            freeSlots.append(UInt32(slot))
        }
        guard index.restore(free: freeSlots), readPending(&reader), reader.isAtEnd else {
            return nil
        }
    }

    private mutating func readSeries(_ reader: inout PackedReader) -> Bool {
        guard let number = reader.varint() else { return false }
        var head = SeriesHead(number: number)
        guard number > 0 else {
            heads.append(head)
            index.insertFree()
            return true
        }
        guard let labels = reader.run(), LabelRules.isCanonical(reader.bytes, labels),
            index.find(reader.bytes, labels) == nil,
            index.insert(reader.bytes, labels) == heads.count,
            let lastAt = reader.zigzag(), let lastValue = reader.word(),
            let open = XORAppender(from: &reader), let firstOpen = reader.zigzag(),
            let sealedUpTo = reader.zigzag(),
            let sealAt = reader.count(most: StoreSettings.openMaximum),
            let changedAt = reader.varint(), let rows = reader.run(),
            let late = reader.count(most: reader.left / 9)
        else { return false }
        head.last = Sample(at: lastAt, value: Double(bitPattern: lastValue))
        head.open = open
        head.firstOpen = firstOpen
        head.sealedUpTo = sealedUpTo
        head.sealAt = UInt32(sealAt)
        head.changedAt = changedAt
        head.rows = Array(reader.bytes[rows])
        head.hasLate = late > 0
        var samples = Samples()
        for _ in 0..<late {
            guard let at = reader.zigzag(), let value = reader.word() else { return false }
            samples.append(at: at, value: Double(bitPattern: value))
        }
        if late > 0 { self.late[UInt32(heads.count)] = samples }
        heads.append(head)
        return true
    }

    private mutating func readPending(_ reader: inout PackedReader) -> Bool {
        guard let count = reader.count(most: reader.left) else { return false }
        for _ in 0..<count {
            guard let sequence = reader.varint(), let series = reader.varint(),
                let tier = reader.byte().flatMap(Tier.init),
                let stands = reader.byte().flatMap(Tier.init),
                let start = reader.zigzag(), let end = reader.zigzag(),
                let samples = reader.count(most: Int(UInt32.max)), let bytes = reader.run()
            else { return false }
            add(
                SealedBlock(
                    sequence: sequence,
                    series: series,
                    tier: tier,
                    stands: stands,
                    start: start,
                    end: end,
                    count: samples,
                    bytes: Array(reader.bytes[bytes])
                )
            )
        }
        return true
    }
}
