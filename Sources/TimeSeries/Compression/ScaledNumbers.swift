/// Numbers that are short decimals, as integers: 12.5 and 13 are 125 and 130 tenths. What is no
/// such number, a NaN say, stands beside them by its bits.
struct ScaledNumbers {
    /// Powers of ten that a Double holds exactly, and that leave room for digits before the point.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    ]
    /// Integers up to here are exact.
    private static let integerMaximum = 9_007_199_254_740_992.0
    /// One in so many numbers may be no decimal.
    private static let exceptionRatio = 8

    private(set) var exponent: Int
    private(set) var integers: [Int64] = []
    /// Places in rising order, and the bits.
    private(set) var exceptions: [(index: Int, bits: UInt64)] = []

    /// Nil when too many of the numbers are no short decimals.
    init?(_ numbers: [Double]) {
        let most = numbers.count / Self.exceptionRatio + 1
        guard let exponent = Self.exponent(for: numbers, exceptionsMaximum: most) else {
            return nil
        }
        self.exponent = exponent
        integers.reserveCapacity(numbers.count)
        var last: Int64 = 0
        for (index, number) in numbers.enumerated() {
            if let integer = Self.integer(number, Self.powers[exponent]) {
                last = integer
            } else {
                exceptions.append((index, number.bitPattern))
                if exceptions.count > most { return nil }
            }
            integers.append(last)
        }
        // What stands in for exceptions at the start should be near what follows.
        let leading = zip(exceptions, 0...).prefix { $0.index == $1 }.count
        if leading > 0, leading < integers.count {
            for index in 0..<leading { integers[index] = integers[leading] }
        }
    }

    /// The least exponent that makes integers of all numbers but the exceptions.
    private static func exponent(for numbers: [Double], exceptionsMaximum: Int) -> Int? {
        var exponent = 0
        var exceptions = 0
        for (index, number) in numbers.enumerated() {
            if integer(number, powers[exponent]) != nil { continue }
            let found = powers.indices.dropFirst(exponent + 1).first {
                integer(number, powers[$0]) != nil
            }
            if let found {
                exponent = found
            } else {
                exceptions += 1
                // Random numbers show at once that they are.
                if exceptions > exceptionsMaximum || index < 4 && exceptions > 3 { return nil }
            }
        }
        return exponent
    }

    /// The number times a power of ten, where that is exact both ways.
    @inline(__always)
    private static func integer(_ number: Double, _ power: Double) -> Int64? {
        let scaled = (number * power).rounded(.toNearestOrEven)
        guard scaled.magnitude < integerMaximum,
            (scaled / power).bitPattern == number.bitPattern
        else { return nil }
        // -0 divided is -0, but as an integer it is 0.
        return scaled == 0 && number.sign == .minus ? nil : Int64(scaled)
    }

    // MARK: Bytes

    func encode(to writer: inout PackedWriter) {
        writer.byte(UInt8(exponent))
        IntegerColumn.encode(integers, to: &writer)
        writer.varint(exceptions.count)
        var last = 0
        for exception in exceptions {
            writer.varint(exception.index - last)
            writer.word(exception.bits)
            last = exception.index
        }
    }

    static func decode(_ count: Int, from reader: inout PackedReader) -> [Double]? {
        guard let exponent = reader.byte(), Int(exponent) < powers.count,
            let integers = IntegerColumn.decode(count, from: &reader),
            let exceptions = reader.count(most: reader.left / 9)
        else { return nil }
        var numbers = [Double](repeating: 0, count: count)
        let power = powers[Int(exponent)]
        if exponent == 0 {
            for index in numbers.indices { numbers[index] = Double(integers[index]) }
        } else {
            for index in numbers.indices { numbers[index] = Double(integers[index]) / power }
        }
        var place = 0
        for _ in 0..<exceptions {
            guard let step = reader.count(most: count), let bits = reader.word(),
                place + step < count
            else { return nil }
            place += step
            numbers[place] = Double(bitPattern: bits)
        }
        return numbers
    }
}
