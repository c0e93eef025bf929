@testable import TimeSeries

/// Samples as real series have them, for the codecs to be tried on.
enum SamplePattern: String, CaseIterable {
    case constantGauge, steadyCounter, randomCounter, jitteryCounter, resettingCounter
    case percentGauge, pageMultiples, twoDecimals, randomDoubles, anyBits, endsStale, specials
    case sparse, wildTimes

    /// At 15 seconds, where the pattern has no times of its own.
    func samples(_ count: Int, seed: UInt64) -> Samples {
        var random = SeededNumbers(seed)
        var samples = Samples()
        var time: Int64 = 1_700_000_400_000
        var number = 0.0
        for index in 0..<count {
            number = value(after: number, index, count, &random)
            samples.append(at: time, value: number)
            time += step(&random)
        }
        return samples
    }

    private func step(_ random: inout SeededNumbers) -> Int64 {
        switch self {
        case .jitteryCounter: 15_000 + .random(in: -5...5, using: &random)
        case .sparse: .random(in: 1...90_000_000, using: &random)
        case .wildTimes: .random(in: 1...1 << 50, using: &random)
        default: 15_000
        }
    }

    private func value(
        after last: Double,
        _ index: Int,
        _ count: Int,
        _ random: inout SeededNumbers
    ) -> Double {
        switch self {
        case .constantGauge: 42.5
        case .steadyCounter: last + 15
        case .randomCounter, .jitteryCounter, .sparse: last + .random(0..<100, &random)
        case .resettingCounter: index % 150 == 149 ? 0 : last + .random(0..<1000, &random)
        case .percentGauge: .random(0..<101, &random)
        case .pageMultiples: 4096 * .random(200_000..<210_000, &random)
        case .twoDecimals: ((last * 100).rounded() + .random(-50..<51, &random)) / 100
        case .randomDoubles: Double.random(in: 0..<1, using: &random)
        case .anyBits, .wildTimes: Double(bitPattern: random.next())
        case .endsStale: index == count - 1 ? Sample.staleMarker : .random(0..<9, &random)
        case .specials: Self.special.randomElement(using: &random) ?? 0
        }
    }

    private static let special: [Double] = [
        0, -0.0, 1, .nan, .infinity, -.infinity, Sample.staleMarker, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude, Double(bitPattern: 0x7FF8_0000_0000_0001), 0.1 + 0.2, 1e300,
    ]
}

extension Double {
    fileprivate static func random(_ range: Range<Int>, _ random: inout SeededNumbers) -> Double {
        Double(Int.random(in: range, using: &random))
    }
}
