import TimeSeries

/// Series drawn with fewer points than they have.
extension SeriesColumns {
    /// So few points that they can be drawn, and the extremes among them: of each of the equal
    /// spans the lowest and the highest.
    func thinned(to points: Int) -> SeriesColumns {
        guard times.count > points, points >= 2, let first = times.first, let last = times.last
        else { return self }
        let spans = Int64(points / 2)
        let width = max(1, (last - first) / spans + 1)
        var thinned = SeriesColumns(labels: labels)
        var index = 0
        while index < times.count {
            let span = (times[index] - first) / width
            var lowest = index
            var highest = index
            while index < times.count, (times[index] - first) / width == span {
                if values[index] < values[lowest] || values[lowest].isNaN { lowest = index }
                if values[index] > values[highest] || values[highest].isNaN { highest = index }
                index += 1
            }
            for kept in lowest == highest ? [lowest] : [lowest, highest].sorted() {
                thinned.times.append(times[kept])
                thinned.values.append(values[kept])
            }
        }
        return thinned
    }
}
