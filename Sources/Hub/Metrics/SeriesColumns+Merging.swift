import TimeSeries

/// One series that was pushed by way of several nodes.
extension SeriesColumns {
    /// Samples of both, by time. Where both have one the other's counts.
    func merged(with other: SeriesColumns) -> SeriesColumns {
        var merged = SeriesColumns(labels: labels)
        merged.times.reserveCapacity(times.count + other.times.count)
        merged.values.reserveCapacity(times.count + other.times.count)
        var index = 0
        for (time, value) in zip(other.times, other.values) {
            while index < times.count, times[index] < time {
                merged.append(times[index], values[index])
                index += 1
            }
            if index < times.count, times[index] == time { index += 1 }
            merged.append(time, value)
        }
        while index < times.count {
            merged.append(times[index], values[index])
            index += 1
        }
        return merged
    }

    private mutating func append(_ time: Int64, _ value: Double) {
        times.append(time)
        values.append(value)
    }

    /// Each series once.
    static func merged(_ all: [SeriesColumns]) -> [SeriesColumns] {
        var merged: [SeriesColumns] = []
        var places: [Labels: Int] = [:]
        for columns in all {
            if let place = places[columns.labels] {
                merged[place] = merged[place].merged(with: columns)
            } else {
                places[columns.labels] = merged.count
                merged.append(columns)
            }
        }
        return merged
    }
}
