/// Rows of a tier as columns, by rising start.
package struct RollupColumns: Sendable {
    package private(set) var starts: [Int64] = []
    package private(set) var lastTimes: [Int64] = []
    package private(set) var counts: [Int64] = []
    package private(set) var sums: [Double] = []
    package private(set) var mins: [Double] = []
    package private(set) var maxs: [Double] = []
    package private(set) var lasts: [Double] = []

    package init() {}

    /// What there is to keep of the samples, which rise.
    init(_ samples: Samples, _ tier: Tier) {
        var row: Rollup?
        var end = Int64.min
        for index in 0..<samples.count {
            let sample = samples[index]
            if sample.isStale { continue }
            if sample.at < end, row != nil {
                row?.add(sample)
                continue
            }
            if let row { append(row) }
            let start = tier.start(of: sample.at)
            row = Rollup(start: start, sample)
            end = start.clamped(plus: tier.width)
        }
        if let row { append(row) }
    }

    package var count: Int { starts.count }
    package var isEmpty: Bool { starts.isEmpty }

    package subscript(index: Int) -> Rollup {
        Rollup(
            start: starts[index],
            lastAt: lastTimes[index],
            count: counts[index],
            sum: sums[index],
            min: mins[index],
            max: maxs[index],
            last: lasts[index]
        )
    }

    /// Adds a row that is no earlier than the last, into the last where it is of the same span.
    mutating func append(_ row: Rollup) {
        if let start = starts.last, start == row.start {
            let end = count - 1
            var merged = self[end]
            merged.merge(row)
            lastTimes[end] = merged.lastAt
            counts[end] = merged.count
            sums[end] = merged.sum
            mins[end] = merged.min
            maxs[end] = merged.max
            lasts[end] = merged.last
            return
        }
        starts.append(row.start)
        lastTimes.append(row.lastAt)
        counts.append(row.count)
        sums.append(row.sum)
        mins.append(row.min)
        maxs.append(row.max)
        lasts.append(row.last)
    }

    /// Adds rows that are no earlier than the last.
    mutating func append(_ rows: RollupColumns) {
        guard !isEmpty, !rows.isEmpty else {
            if isEmpty { self = rows }
            return
        }
        append(rows[0])
        starts += rows.starts.dropFirst()
        lastTimes += rows.lastTimes.dropFirst()
        counts += rows.counts.dropFirst()
        sums += rows.sums.dropFirst()
        mins += rows.mins.dropFirst()
        maxs += rows.maxs.dropFirst()
        lasts += rows.lasts.dropFirst()
    }

    func rows(_ range: Range<Int>) -> RollupColumns {
        if range == 0..<count { return self }
        var rows = RollupColumns()
        rows.starts = Array(starts[range])
        rows.lastTimes = Array(lastTimes[range])
        rows.counts = Array(counts[range])
        rows.sums = Array(sums[range])
        rows.mins = Array(mins[range])
        rows.maxs = Array(maxs[range])
        rows.lasts = Array(lasts[range])
        return rows
    }

    /// Takes in the other's, by time; rows of the same span become one.
    package mutating func merge(_ other: RollupColumns) {
        guard let first = other.starts.first, let last = starts.last else {
            if isEmpty { self = other }
            return
        }
        if last <= first { return append(other) }
        var all = RollupColumns()
        var mine = 0
        var its = 0
        while mine < count || its < other.count {
            if its == other.count || mine < count && starts[mine] <= other.starts[its] {
                all.append(self[mine])
                mine += 1
            } else {
                all.append(other[its])
                its += 1
            }
        }
        self = all
    }

    /// Both, by time; rows of the same span become one.
    package func merged(with other: RollupColumns) -> RollupColumns {
        var all = self
        all.merge(other)
        return all
    }

    /// Those whose last sample is from `from` on, up to those that begin at `to`.
    package func inRange(_ from: Int64, _ to: Int64) -> RollupColumns {
        let first = lastTimes.firstIndex { $0 >= from } ?? count
        let end = starts.lastIndex { $0 <= to }.map { $0 + 1 } ?? 0
        return first < end ? rows(first..<end) : RollupColumns()
    }
}

extension RollupColumns {
    /// One value of each row; its time is that of the row's last sample.
    package func samples(_ value: RollupValue) -> Samples {
        let values: [Double] =
            switch value {
            case .last: lasts
            case .sum: sums
            case .min: mins
            case .max: maxs
            case .count: counts.map(Double.init)
            case .average: zip(sums, counts).map { $0 / Double($1) }
            }
        return Samples(times: lastTimes, values: values)
    }
}

extension RollupColumns {
    private static let form: UInt8 = 1
    private static let rowsMaximum = 65_535

    /// Compressed.
    package func encoded(_ tier: Tier) -> [UInt8] {
        var writer = PackedWriter([Self.form, tier.rawValue])
        writer.varint(count)
        IntegerColumn.encode(starts, to: &writer)
        IntegerColumn.encode(zip(lastTimes, starts).map { $0 &- $1 }, to: &writer)
        IntegerColumn.encode(counts, to: &writer)
        for column in [sums, mins, maxs, lasts] { NumberColumn.encode(column, to: &writer) }
        return writer.bytes
    }

    /// Nil when the bytes are no such rows.
    package init?(decoding bytes: [UInt8]) {
        var reader = PackedReader(bytes)
        guard reader.byte() == Self.form, reader.byte().flatMap(Tier.init) != nil,
            let count = reader.count(most: Self.rowsMaximum),
            let starts = IntegerColumn.decode(count, from: &reader),
            let offsets = IntegerColumn.decode(count, from: &reader),
            let counts = IntegerColumn.decode(count, from: &reader),
            let sums = NumberColumn.decode(count, from: &reader),
            let mins = NumberColumn.decode(count, from: &reader),
            let maxs = NumberColumn.decode(count, from: &reader),
            let lasts = NumberColumn.decode(count, from: &reader)
        else { return nil }
        self.starts = starts
        self.lastTimes = zip(starts, offsets).map { $0 &+ $1 }
        self.counts = counts
        self.sums = sums
        self.mins = mins
        self.maxs = maxs
        self.lasts = lasts
    }
}
