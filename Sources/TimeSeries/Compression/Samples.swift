/// Samples as two columns of the same length.
package struct Samples: Sendable {
    package private(set) var times: [Int64] = []
    package private(set) var values: [Double] = []

    package init() {}

    /// The columns must be as long as each other.
    init(times: [Int64], values: [Double]) {
        precondition(times.count == values.count, "Each time has a value.")
        self.times = times
        self.values = values
    }

    package var count: Int { times.count }
    package var isEmpty: Bool { times.isEmpty }

    package subscript(index: Int) -> Sample {
        Sample(at: times[index], value: values[index])
    }

    mutating func reserveCapacity(_ count: Int) {
        times.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    package mutating func append(at time: Int64, value: Double) {
        times.append(time)
        values.append(value)
    }

    mutating func append(_ other: Samples) {
        times += other.times
        values += other.values
    }

    func slice(_ range: Range<Int>) -> Samples {
        Samples(times: Array(times[range]), values: Array(values[range]))
    }

    func dropFirst(_ count: Int) -> Samples {
        Samples(times: Array(times.dropFirst(count)), values: Array(values.dropFirst(count)))
    }

    /// How many samples are at or before that time, where times rise.
    func count(upTo time: Int64) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Those from `from` up to `to`, both included, where times rise.
    package func inRange(_ from: Int64, _ to: Int64) -> Samples {
        guard !isEmpty, from <= to else { return Samples() }
        let start = from == .min ? 0 : count(upTo: from - 1)
        let end = count(upTo: to)
        if start == 0, end == count { return self }
        return Samples(times: Array(times[start..<end]), values: Array(values[start..<end]))
    }

    /// Takes in the other's, by time; where both have a time the other's value counts.
    package mutating func merge(_ other: Samples) {
        guard let first = other.times.first, let last = times.last else {
            if isEmpty { self = other }
            return
        }
        if last < first { return append(other) }
        var all = Samples()
        all.reserveCapacity(count + other.count)
        var mine = 0
        var its = 0
        while mine < count || its < other.count {
            if its == other.count || mine < count && times[mine] < other.times[its] {
                all.append(at: times[mine], value: values[mine])
                mine += 1
            } else {
                if mine < count, times[mine] == other.times[its] { mine += 1 }
                all.append(at: other.times[its], value: other.values[its])
                its += 1
            }
        }
        self = all
    }

    /// Both, by time; where both have a time the other's value counts.
    package func merged(with other: Samples) -> Samples {
        var all = self
        all.merge(other)
        return all
    }
}
