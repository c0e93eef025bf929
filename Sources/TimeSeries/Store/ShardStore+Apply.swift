/// Taking a payload in.
extension ShardStore {
    /// How many slots are looked at with each payload, besides a part of its series.
    private static let sweepSlots = 8

    /// False when the payload is none of this store's; what came before the fault is taken in then.
    @discardableResult
    package mutating func apply(_ payload: [UInt8]) -> Bool {
        var reader = PackedReader(payload)
        guard reader.byte() == PayloadWriter.version, let now = reader.zigzag() else {
            return false
        }
        changes += 1
        var nextSlot: Int64 = 0
        var lastTime = now
        var series = 0
        while !reader.isAtEnd {
            guard let slot = readSlot(&reader, &nextSlot) else { return false }
            for _ in 0..<slot.samples {
                guard let distance = reader.zigzag(), let bits = reader.word() else {
                    return false
                }
                lastTime &+= distance
                take(Sample(at: lastTime, value: Double(bitPattern: bits)), slot.slot)
            }
            series += 1
        }
        sweep(slots: Self.sweepSlots + series / 8, now: now)
        return true
    }

    @inline(__always)
    private mutating func readSlot(
        _ reader: inout PackedReader,
        _ nextSlot: inout Int64
    ) -> (slot: Int, samples: Int)? {
        guard let head = reader.varint() else { return nil }
        let slot: Int
        if head & PayloadWriter.isNew != 0 {
            guard let labels = reader.run(), let found = series(reader.bytes, labels) else {
                return nil
            }
            slot = found
        } else {
            let distance = Int64(bitPattern: head >> 3) ^ -Int64(bitPattern: head >> 2 & 1)
            let place = nextSlot &+ distance
            guard place >= 0, place < heads.count, heads[Int(place)].number > 0 else {
                return nil
            }
            nextSlot = place + 1
            slot = Int(place)
        }
        if head & PayloadWriter.isSingle != 0 { return (slot, 1) }
        guard let count = reader.count(most: reader.left / 9) else { return nil }
        return (slot, count)
    }

    /// The series with these labels, which may have come with another command meanwhile.
    private mutating func series(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        if let slot = index.find(bytes, range) { return slot }
        // Any limits will do: they may have been others when the record was made.
        let refusal = LabelRules.refusal(of: bytes, range, settings)
        guard refusal == nil || refusal == .labelLimits,
            let slot = index.insert(bytes, range)
        else { return nil }
        seriesNumbers += 1
        let head = SeriesHead(number: seriesNumbers)
        if slot == heads.count { heads.append(head) } else { heads[slot] = head }
        seriesChangedAt = changes
        return slot
    }

    @inline(__always)
    private mutating func take(_ sample: Sample, _ slot: Int) {
        let place = SeriesHead.place(
            of: sample,
            last: heads[slot].last,
            sealedUpTo: heads[slot].sealedUpTo,
            lateWindow: settings.lateWindow
        )
        switch place {
        case .next:
            heads[slot].append(sample, change: changes)
            if heads[slot].open.count >= heads[slot].sealAt { sealWhatIsDue(slot) }
        case .late: takeLate(sample, slot)
        case .duplicate, .refused: break
        }
    }

    private mutating func takeLate(_ sample: Sample, _ slot: Int) {
        var single = Samples()
        single.append(at: sample.at, value: sample.value)
        let key = UInt32(slot)
        let waiting = late[key] ?? Samples()
        late[key] = nil
        let merged = waiting.merged(with: single)
        if sample.at == heads[slot].last.at {
            heads[slot].last = sample
            heads[slot].changedAt = changes
        }
        if merged.count < StoreSettings.lateMaximum {
            late[key] = merged
            heads[slot].hasLate = true
        } else {
            heads[slot].reopen(heads[slot].openSamples.merged(with: merged))
            heads[slot].hasLate = false
            if heads[slot].open.count >= heads[slot].sealAt { sealWhatIsDue(slot) }
        }
    }
}
