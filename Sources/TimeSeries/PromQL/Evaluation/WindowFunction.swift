/// A function of range vectors: what it does with one window, and what it needs for that.
struct WindowFunction {
    var landmarks = RangeColumn.Landmarks.none
    /// The result is still a value of the metric.
    var keepsName = false
    /// What it costs for each of the window's samples; 0 when their number makes no difference.
    var costOfSample = 1
    /// For a window with at least one sample; `absent` for no value.
    let evaluate: (RangeWindow) -> Double

    /// Nil for what is no function of one range vector alone.
    init?(_ function: PromFunction) {
        switch function {
        case .rate: self = Self.extrapolating(isCounter: true, isRate: true)
        case .increase: self = Self.extrapolating(isCounter: true, isRate: false)
        case .delta: self = Self.extrapolating(isCounter: false, isRate: false)
        case .irate: self = Self.constant { WindowFunctions.instant($0, isRate: true) }
        case .idelta: self = Self.constant { WindowFunctions.instant($0, isRate: false) }
        case .countOverTime: self = Self.constant { Double($0.count) }
        case .presentOverTime, .absentOverTime: self = Self.constant { _ in 1 }
        case .lastOverTime:
            self = Self.constant { $0.lastValue }
            keepsName = true
        case .resets:
            self = Self.constant { Double($0.resets.count) }
            landmarks = .resets
        case .changes:
            self = Self.constant { Double($0.changes.count) }
            landmarks = .changes
        case .sumOverTime: self.init(evaluate: WindowFunctions.sum)
        case .avgOverTime: self.init(evaluate: WindowFunctions.average)
        case .minOverTime: self.init(evaluate: WindowFunctions.minimum)
        case .maxOverTime: self.init(evaluate: WindowFunctions.maximum)
        case .stdvarOverTime: self.init(evaluate: WindowFunctions.variance)
        case .stddevOverTime:
            self.init { window in
                let variance = WindowFunctions.variance(window)
                return variance.squareRoot()
            }
        case .deriv:
            self.init(landmarks: .changes, evaluate: WindowFunctions.derivative)
            costOfSample = Self.costOfRegression
        default: return nil
        }
    }

    static let costOfRegression = 4
    static let costOfSorting = 16

    init(
        landmarks: RangeColumn.Landmarks = .none,
        evaluate: @escaping (RangeWindow) -> Double
    ) {
        self.landmarks = landmarks
        self.evaluate = evaluate
    }

    private static func extrapolating(isCounter: Bool, isRate: Bool) -> WindowFunction {
        var function = constant {
            WindowFunctions.extrapolated($0, isCounter: isCounter, isRate: isRate)
        }
        function.landmarks = isCounter ? .resets : .none
        return function
    }

    /// What looks at a few samples however many there are.
    private static func constant(
        _ evaluate: @escaping (RangeWindow) -> Double
    ) -> WindowFunction {
        var function = WindowFunction(evaluate: evaluate)
        function.costOfSample = 0
        return function
    }
}
