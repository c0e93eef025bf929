/// The samples of one series that a function of a range vector sees at one step: at least one.
struct RangeWindow {
    let column: RangeColumn
    /// Of the first sample and of the last.
    let first: Int
    let last: Int
    /// The window's bounds, which no sample need lie on.
    let start: Int64
    let end: Int64
    /// The step and its time, which `offset` and `@` take the window away from.
    let step: Int
    let time: Int64

    var count: Int { last - first + 1 }
    var firstValue: Double { column.values[first] }
    var lastValue: Double { column.values[last] }
    var values: ArraySlice<Double> { column.values[first...last] }

    /// Between the first sample and the last, in seconds.
    var sampledSeconds: Double { Double(column.times[last] - column.times[first]) / 1000 }

    /// Where the value fell, as a counter does when its process starts anew: indices of the first
    /// value after it.
    var resets: ArraySlice<Int> { column.resets.between(first + 1, last) }

    var changes: ArraySlice<Int> { column.changes.between(first + 1, last) }

    /// What was found for its function.
    var landmarkCount: Int {
        (column.resets.isEmpty ? 0 : resets.count) + (column.changes.isEmpty ? 0 : changes.count)
    }
}

extension [Int] {
    /// The part of a rising list from one value through another.
    fileprivate func between(_ low: Int, _ high: Int) -> ArraySlice<Int> {
        guard !isEmpty else { return [] }
        let from = firstPlace { $0 >= low }
        return self[from..<Swift.max(from, firstPlace { $0 > high })]
    }

    private func firstPlace(_ isReached: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isReached(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
