/// Integers in few bits: as they are, by their differences, or by the differences of those,
/// whichever is smallest; what all steps can be divided by is divided out.
///
/// A byte of flags; the first value; the divisor, where there is one; the first difference, where
/// differences of differences follow; then the rest in blocks of 32, each with its least value, its
/// width, and that many bits for each, the lowest first. Where the rest is all the same, one value.
/// Arithmetic wraps, so any integers come back as they were.
enum IntegerColumn {
    private static let orderMask: UInt8 = 0b11
    private static let isSame: UInt8 = 0b100
    private static let isDivided: UInt8 = 0b1000

    static func encode(_ integers: [Int64], to writer: inout PackedWriter) {
        guard let first = integers.first else { return }
        let divisor = divisor(of: integers)
        var rest = integers
        if divisor > 1 {
            for index in rest.indices { rest[index] = (rest[index] - first) / divisor }
        } else {
            for index in rest.indices { rest[index] &-= first }
        }
        var best = Array(rest[1...])
        var order: UInt8 = 0
        var cost = BitBlocks.cost(best)
        for next in 1...2 where integers.count > next {
            differentiate(&rest, from: next)
            let candidate = Array(rest[next...])
            let candidateCost = BitBlocks.cost(candidate) + next - 1
            guard candidateCost < cost else { continue }
            (best, order, cost) = (candidate, UInt8(next), candidateCost)
        }
        let isSame = best.allSatisfy { $0 == best[0] }
        writer.byte(order | (isSame ? Self.isSame : 0) | (divisor > 1 ? isDivided : 0))
        writer.zigzag(first)
        if divisor > 1 { writer.zigzag(divisor) }
        if order == 2 { writer.zigzag(rest[1]) }
        if isSame { writer.zigzag(best.first ?? 0) } else { BitBlocks.encode(best, to: &writer) }
    }

    /// So many integers; nil when the bytes don't hold them. The caller bounds the count.
    static func decode(_ count: Int, from reader: inout PackedReader) -> [Int64]? {
        guard count > 0 else { return [] }
        guard let flags = reader.byte(), flags & ~(orderMask | isSame | isDivided) == 0,
            let first = reader.zigzag()
        else { return nil }
        let order = Int(flags & orderMask)
        var divisor: Int64 = 1
        if flags & isDivided != 0 {
            guard let read = reader.zigzag() else { return nil }
            divisor = read
        }
        guard order < 3, order < 2 || count > 1 else { return nil }
        var firstStep: Int64 = 0
        if order == 2 {
            guard let read = reader.zigzag() else { return nil }
            firstStep = read
        }
        var integers = [Int64](repeating: 0, count: count)
        let start = max(1, order)
        if flags & isSame != 0 {
            guard let same = reader.zigzag() else { return nil }
            for index in start..<max(start, count) { integers[index] = same }
        } else {
            guard BitBlocks.decode(into: &integers, from: start, &reader) else { return nil }
        }
        if order == 2 { integers[1] = firstStep }
        restore(&integers, order: order, first: first, divisor: divisor)
        return integers
    }

    private static func restore(
        _ integers: inout [Int64],
        order: Int,
        first: Int64,
        divisor: Int64
    ) {
        var integers = integers.mutableSpan
        var step: Int64 = 0
        var sum: Int64 = 0
        switch order {
        case 0:
            for index in integers.indices {
                integers[index] = first &+ integers[index] &* divisor
            }
        case 1:
            for index in integers.indices {
                sum &+= integers[index]
                integers[index] = first &+ sum &* divisor
            }
        default:
            for index in integers.indices {
                step &+= integers[index]
                sum &+= step
                integers[index] = first &+ sum &* divisor
            }
        }
    }

    private static func differentiate(_ integers: inout [Int64], from start: Int) {
        for index in stride(from: integers.count - 1, through: start, by: -1) {
            integers[index] &-= integers[index - 1]
        }
    }

    /// What divides the distance of all integers from the first; 1 where that can't be told.
    private static func divisor(of integers: [Int64]) -> Int64 {
        var divisor: UInt64 = 0
        for integer in integers {
            let (distance, overflow) = integer.subtractingReportingOverflow(integers[0])
            if overflow { return 1 }
            guard divisor > 0 else {
                divisor = distance.magnitude
                continue
            }
            var rest = distance.magnitude % divisor
            while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
            if divisor == 1 { return 1 }
        }
        return max(1, Int64(exactly: divisor) ?? 1)
    }
}
