/// What functions of range vectors do with one window.
enum WindowFunctions {
    /// `rate`, `increase` and `delta`: the difference between first and last sample, extrapolated
    /// to the window's bounds where the samples come close to them.
    static func extrapolated(_ window: RangeWindow, isCounter: Bool, isRate: Bool) -> Double {
        guard window.count > 1 else { return .absent }
        let column = window.column
        var difference = window.lastValue - window.firstValue
        if isCounter {
            for reset in window.resets { difference += column.values[reset - 1] }
        }
        let sampled = window.sampledSeconds
        let average = sampled / Double(window.count - 1)
        var toStart = Double(column.times[window.first] - window.start) / 1000
        let toEnd = Double(window.end - column.times[window.last]) / 1000
        if isCounter, difference > 0, window.firstValue >= 0 {
            // A counter was never below zero, so it can't have come from there.
            toStart = min(toStart, sampled * (window.firstValue / difference))
        }
        let threshold = average * 1.1
        var covered = sampled
        covered += toStart < threshold ? toStart : average / 2
        covered += toEnd < threshold ? toEnd : average / 2
        var factor = covered / sampled
        if isRate { factor /= Double(window.end - window.start) / 1000 }
        return (difference * factor).asResult
    }

    /// `irate` and `idelta`: the last two samples.
    static func instant(_ window: RangeWindow, isRate: Bool) -> Double {
        guard window.count > 1 else { return .absent }
        let column = window.column
        let last = window.lastValue
        let previous = column.values[window.last - 1]
        let difference = isRate && last < previous ? last : last - previous
        guard isRate else { return difference.asResult }
        let elapsed = column.times[window.last] - column.times[window.last - 1]
        return (difference / (Double(elapsed) / 1000)).asResult
    }

    static func sum(_ window: RangeWindow) -> Double {
        var sum = KahanSum()
        for value in window.values { sum.add(value) }
        return sum.value.asResult
    }

    static func average(_ window: RangeWindow) -> Double {
        var mean = KahanSum()
        var count = 0.0
        for value in window.values {
            count += 1
            if mean.sum.isInfinite {
                // The same infinity, or a number: neither moves the mean.
                if value.isInfinite, (mean.sum > 0) == (value > 0) { continue }
                if value.isFinite { continue }
            }
            mean.add(value / count - mean.sum / count)
        }
        return mean.value.asResult
    }

    /// A NaN gives way to any number.
    static func minimum(_ window: RangeWindow) -> Double {
        var minimum = window.firstValue
        for value in window.values where value < minimum || minimum.isNaN { minimum = value }
        return minimum.asResult
    }

    static func maximum(_ window: RangeWindow) -> Double {
        var maximum = window.firstValue
        for value in window.values where value > maximum || maximum.isNaN { maximum = value }
        return maximum.asResult
    }

    /// The mean of the squared distances from the mean, after Welford.
    static func variance(_ window: RangeWindow) -> Double {
        var count = 0.0
        var mean = KahanSum()
        var squares = KahanSum()
        for value in window.values {
            count += 1
            let delta = value - mean.compensated
            mean.add(delta / count)
            squares.add(delta * (value - mean.compensated))
        }
        return (squares.compensated / count).asResult
    }

    /// The line of least squares: its slope in a second, and where it is at a time.
    static func regression(
        _ window: RangeWindow,
        at time: Int64
    ) -> (slope: Double, intercept: Double) {
        var x = KahanSum()
        var y = KahanSum()
        var xy = KahanSum()
        var xx = KahanSum()
        let column = window.column
        if window.changes.isEmpty, !window.firstValue.isNaN {
            // Exact where rounding would not be.
            return window.firstValue.isInfinite ? (.nan, .nan) : (0, window.firstValue)
        }
        for index in window.first...window.last {
            let seconds = Double(column.times[index] - time) / 1000
            x.add(seconds)
            y.add(column.values[index])
            xy.add(seconds * column.values[index])
            xx.add(seconds * seconds)
        }
        let count = Double(window.count)
        let (sumX, sumY) = (x.compensated, y.compensated)
        let covariance = xy.compensated - sumX * sumY / count
        let slope = covariance / (xx.compensated - sumX * sumX / count)
        return (slope, sumY / count - slope * sumX / count)
    }

    static func derivative(_ window: RangeWindow) -> Double {
        guard window.count > 1 else { return .absent }
        // Near the samples, times are small numbers and rounding does least.
        return regression(window, at: window.column.times[window.first]).slope.asResult
    }

    static func prediction(_ window: RangeWindow, after seconds: Double) -> Double {
        guard window.count > 1 else { return .absent }
        let line = regression(window, at: window.time)
        return (line.slope * seconds + line.intercept).asResult
    }

    /// Double exponential smoothing.
    static func holtWinters(_ window: RangeWindow, smoothing: Double, trend: Double) -> Double {
        guard window.count > 1 else { return .absent }
        let values = window.values
        var previous = 0.0
        var smoothed = window.firstValue
        var slope = values[window.first + 1] - smoothed
        for index in window.first + 1...window.last {
            if index > window.first + 1 {
                slope = trend * (smoothed - previous) + (1 - trend) * slope
            }
            let next = smoothing * values[index] + (1 - smoothing) * (smoothed + slope)
            previous = smoothed
            smoothed = next
        }
        return smoothed.asResult
    }
}
