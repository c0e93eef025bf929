/// Deciding on a batch: which samples are taken, and the payload that takes them.
extension ShardStore {
    /// Changes nothing. Samples of series that come twice in a batch are looked at as if each came
    /// alone; what then is late or there already is seen when the payload is applied.
    package func decide(_ batch: [UInt8], at now: Int64) -> BatchDecision {
        var decision = BatchDecision()
        var reader = SampleBatchReader(batch)
        var payload = PayloadWriter(at: now, reserving: batch.count / 4)
        var slot = -1
        var added = 0
        while let series = reader.next() {
            guard series.samples > 0 else { continue }
            if let found = index.find(batch, series.labels, hint: slot + 1) {
                slot = found
                let (last, sealedUpTo) = (heads[found].last, heads[found].sealedUpTo)
                decide(series, reader, last, sealedUpTo, now, &decision) { sample, isFirst in
                    if isFirst { payload.begin(slot: found) }
                    payload.append(sample)
                }
            } else if let refusal = refusal(of: batch, series.labels, added) {
                decision[refusal] += series.samples
                continue
            } else {
                added += 1
                let none = Sample(at: .min, value: 0)
                decide(series, reader, none, .min, now, &decision) { sample, isFirst in
                    if isFirst { payload.begin(labels: batch[series.labels]) }
                    payload.append(sample)
                }
            }
            payload.endSeries()
        }
        decision.isMalformed = reader.isMalformed
        if decision.accepted > 0 { decision.payload = payload.finish() }
        return decision
    }

    /// A payload without samples: it lets time pass, so that what is idle is put away.
    package func decideToSweep(at now: Int64) -> [UInt8] {
        PayloadWriter(at: now, reserving: 16).finish()
    }

    private func refusal(of batch: [UInt8], _ labels: Range<Int>, _ added: Int) -> Refusal? {
        if index.count + added >= settings.seriesMaximum { return .tooManySeries }
        return LabelRules.refusal(of: batch, labels, settings)
    }

    /// Decides on the samples of one series and calls with those that are taken. Of the series'
    /// head it is given the two fields that count: a copy of the whole would count references.
    @inline(__always)
    private func decide(
        _ series: SampleBatchReader.Series,
        _ reader: SampleBatchReader,
        _ newest: Sample,
        _ sealedUpTo: Int64,
        _ now: Int64,
        _ decision: inout BatchDecision,
        _ take: (Sample, Bool) -> Void
    ) {
        var last = newest
        let latest = now.clamped(plus: settings.aheadMaximum)
        let earliest = now.clamped(minus: settings.ageMaximum)
        var isFirst = true
        for index in 0..<series.samples {
            let sample = reader.sample(index, of: series)
            guard sample.at <= latest else {
                decision[.tooFarInFuture] += 1
                continue
            }
            guard sample.at >= earliest else {
                decision[.outOfBounds] += 1
                continue
            }
            let place = SeriesHead.place(
                of: sample,
                last: last,
                sealedUpTo: sealedUpTo,
                lateWindow: settings.lateWindow
            )
            switch place {
            case .next: last = sample
            case .late: if sample.at == last.at { last = sample }
            case .duplicate:
                decision.duplicates += 1
                continue
            case .refused:
                decision[.tooOld] += 1
                continue
            }
            decision.accepted += 1
            take(sample, isFirst)
            isFirst = false
        }
    }
}
