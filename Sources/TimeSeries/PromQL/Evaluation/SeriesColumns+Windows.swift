/// Where a window begins and ends among a series' samples.
extension SeriesColumns {
    /// The first sample later than a time, or the count.
    func firstIndex(after time: Int64) -> Int {
        let times = times.span
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Without stale markers: what windows look at.
    var withoutStale: SeriesColumns {
        guard values.contains(where: \.isAbsent) else { return self }
        var kept = SeriesColumns(labels: labels)
        for (index, value) in values.enumerated() where value.isPresent {
            kept.times.append(times[index])
            kept.values.append(value)
        }
        return kept
    }
}
