/// Sealing: open samples that no late one can come between any more become blocks.
extension ShardStore {
    /// Seals full blocks; what the late window may still reach stays open.
    mutating func sealWhatIsDue(_ slot: Int) {
        let samples = takeOpen(slot)
        let full = StoreSettings.blockSamples
        let edge = heads[slot].last.at.clamped(minus: settings.lateWindow) - 1
        var settled = samples.count(upTo: edge)
        // A series so fast has a shorter window.
        if samples.count >= StoreSettings.openMaximum {
            settled = max(settled, samples.count - full)
        }
        if settled >= full {
            settled -= settled % full
            for start in stride(from: 0, to: settled, by: full) {
                seal(samples.slice(start..<start + full), slot)
            }
            heads[slot].reopen(samples.dropFirst(settled))
            heads[slot].sealAt = UInt32(samples.count - settled + full)
        } else {
            heads[slot].reopen(samples)
            heads[slot].sealAt = UInt32(samples.count + full - settled)
        }
        heads[slot].sealAt = min(heads[slot].sealAt, UInt32(StoreSettings.openMaximum))
    }

    /// All open samples, the late ones in their places; nothing waits any more.
    private mutating func takeOpen(_ slot: Int) -> Samples {
        let samples = heads[slot].openSamples
        guard heads[slot].hasLate else { return samples }
        heads[slot].hasLate = false
        return samples.merged(with: late.removeValue(forKey: UInt32(slot)) ?? Samples())
    }

    /// Seals some samples, and rolls them up into the tiers for which they are too many.
    private mutating func seal(_ samples: Samples, _ slot: Int) {
        guard let first = samples.times.first, let last = samples.times.last else { return }
        heads[slot].sealedUpTo = last
        var stands = Tier.raw
        var gathered: [RollupColumns]?
        for tier in Tier.rollups {
            // A row of one sample says what the sample does, in more bytes.
            if gathered == nil, samples.count(ofSpans: tier) * 4 > samples.count * 3 {
                stands = tier
                continue
            }
            if gathered == nil { gathered = heads[slot].gathered }
            gathered?[Int(tier.rawValue) - 1].append(RollupColumns(samples, tier))
        }
        blockNumbers += 1
        add(
            SealedBlock(
                sequence: blockNumbers - 1,
                series: heads[slot].number,
                tier: .raw,
                stands: stands,
                start: first,
                end: last,
                count: samples.count,
                bytes: Chunk.encode(samples)
            )
        )
        if let gathered { put(gathered, slot, isLast: false) }
    }

    /// Puts rows back, full blocks of them excepted, which are sealed; all but the last row, that
    /// may grow, unless nothing more is expected.
    private mutating func put(_ gathered: [RollupColumns], _ slot: Int, isLast: Bool) {
        var gathered = gathered
        for (index, tier) in Tier.rollups.enumerated() {
            let rows = gathered[index]
            guard isLast ? !rows.isEmpty : rows.count > StoreSettings.blockRows else { continue }
            let settled = isLast ? rows.count : rows.count - 1
            let block = rows.rows(0..<settled)
            gathered[index] = rows.rows(settled..<rows.count)
            blockNumbers += 1
            add(
                SealedBlock(
                    sequence: blockNumbers - 1,
                    series: heads[slot].number,
                    tier: tier,
                    stands: tier,
                    start: block.starts[0],
                    end: block.lastTimes[settled - 1],
                    count: settled,
                    bytes: block.encoded(tier)
                )
            )
        }
        heads[slot].gathered = gathered
    }

    // MARK: What is idle

    /// Looks at some slots in turn: seals what is open for too long, and forgets series that have
    /// had no samples for as long as any block is kept.
    mutating func sweep(slots: Int, now: Int64) {
        for _ in 0..<min(slots, heads.count) {
            if sweepSlot >= heads.count { sweepSlot = 0 }
            let slot = sweepSlot
            sweepSlot += 1
            guard heads[slot].number > 0 else { continue }
            if heads[slot].last.at < now.clamped(minus: StoreSettings.idleAfter) {
                putAway(slot)
            } else if heads[slot].firstOpen < now.clamped(minus: StoreSettings.openFor) {
                sealWhatIsOld(slot)
            }
            let horizon = now.clamped(minus: settings.forgetAfter)
            if heads[slot].last.at < horizon { forget(slot) }
        }
    }

    private mutating func sealWhatIsOld(_ slot: Int) {
        let samples = takeOpen(slot)
        let edge = heads[slot].last.at.clamped(minus: settings.lateWindow) - 1
        let settled = samples.count(upTo: edge)
        if settled > 0 { seal(samples.slice(0..<settled), slot) }
        heads[slot].reopen(samples.dropFirst(settled))
        let full = StoreSettings.blockSamples
        heads[slot].sealAt = UInt32(min(samples.count - settled + full, StoreSettings.openMaximum))
    }

    /// Seals all that a series has.
    private mutating func putAway(_ slot: Int) {
        if heads[slot].open.count > 0 || heads[slot].hasLate {
            let samples = takeOpen(slot)
            let full = StoreSettings.blockSamples
            for start in stride(from: 0, to: samples.count, by: full) {
                seal(samples.slice(start..<min(start + full, samples.count)), slot)
            }
            heads[slot].reopen(Samples())
            heads[slot].sealAt = UInt32(full)
        }
        if !heads[slot].rows.isEmpty { put(heads[slot].gathered, slot, isLast: true) }
    }

    /// Whatever of it is not stored yet is stored all the same, and goes with its time.
    private mutating func forget(_ slot: Int) {
        index.remove(slot)
        late[UInt32(slot)] = nil
        heads[slot] = SeriesHead(number: 0)
        seriesChangedAt = changes
    }
}

extension Samples {
    /// How many of the tier's spans have samples.
    fileprivate func count(ofSpans tier: Tier) -> Int {
        var count = 0
        var end = Int64.min
        for time in times where count == 0 || time >= end {
            count += 1
            end = tier.start(of: time).clamped(plus: tier.width)
        }
        return count
    }
}
