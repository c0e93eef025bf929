import TimeSeries

/// Makes texts of metrics, and the metrics of programs, by chance.
struct ExpositionMaker {
    private var dice: FormatDice
    private let isOpenMetrics: Bool
    private var lines: [String] = []

    init(seed: UInt64, format: String) {
        dice = FormatDice(seed &* 7_919 &+ 13)
        isOpenMetrics = format == "openmetrics"
    }

    mutating func text() -> String {
        for number in 0..<(1 + dice.below(5)) { addFamily(number) }
        if isOpenMetrics { lines.append("# EOF") }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func addFamily(_ number: Int) {
        let isQuoted = dice.isOne(in: 5)
        let kind = isOpenMetrics ? "gauge" : dice.pick(["gauge", "counter", "untyped"])
        // The other side puts this at the end of a counter's name where it is missing.
        let ending = kind == "counter" ? "_total" : ""
        let name = (isQuoted ? "my.métric \(number)" : "metric_\(number)") + ending
        let written = isQuoted ? "\"\(name)\"" : name
        if dice.isOne(in: 2) { lines.append("# HELP \(written) \(helpText())") }
        lines.append("# TYPE \(written) \(kind)")
        for sample in 0..<(1 + dice.below(4)) {
            var labels = ["id=\"\(sample)\""]
            for label in 0..<dice.below(4) {
                labels.append("l\(label)\(dice.below(9))=\"\(value())\"")
            }
            let inside = labels.joined(separator: ",")
            let series = isQuoted ? "{\(written),\(inside)}" : "\(written){\(inside)}"
            lines.append(series + space() + numberText() + time())
        }
    }

    private mutating func space() -> String {
        isOpenMetrics ? " " : dice.pick([" ", "\t", "   "])
    }

    private mutating func helpText() -> String {
        dice.pick(["Help.", #"With \\ and \n."#, "Ünïcode and {braces} # and = too", "a  b"])
    }

    private mutating func value() -> String {
        dice.pick([
            "x", "", "a b", #"\\"#, #"\""#, #"\n"#, "ü", "=", "#", #"a\\n\"}"#, ",", "{", "}",
            "1.0",
            #"\\\\"#, "  ", "日本",
        ])
    }

    /// Not `-0`, which the other side takes for a whole number.
    private mutating func numberText() -> String {
        switch dice.below(6) {
        case 0: dice.pick(["NaN", "+Inf", "-Inf", "0", "-0.0", "1e3", "1E-7", "0.1", "+5"])
        case 1: "\(Double(bitPattern: dice.next() & 0xBFFF_FFFF_FFFF_FFFF))"
        case 2: "\(dice.below(1_000_000_000))"
        default: "\(Double(dice.below(1_000_000)) / 1000)"
        }
    }

    private mutating func time() -> String {
        guard dice.isOne(in: 3) else { return "" }
        let time = 1_795_400_000_000 + dice.below(1_000_000)
        guard isOpenMetrics else { return space() + "\(time)" }
        return " \(time / 1000).\(String(1000 + time % 1000).dropFirst())"
    }

    mutating func metrics() -> [PeerCommand.Metric] {
        (0..<(1 + dice.below(4))).map { number in
            let kind = dice.pick(["counter", "gauge", "histogram", "summary", "info"])
            let names = kind == "info" ? [] : Array(["room", "user", "mode"].prefix(dice.below(4)))
            let sets = names.isEmpty ? 1 : 1 + dice.below(3)
            return PeerCommand.Metric(
                name: "hub_\(kind)_\(number)",
                help: dice.pick(["Help.", "With \\ and \n.", "\"Quoted\" ünïcode", ""]),
                kind: kind,
                unit: kind == "info" ? "" : dice.pick(["", "seconds", "bytes"]),
                names: names,
                values: (0..<sets).map { set in
                    PeerCommand.Metric.Value(
                        labels: names.map {
                            "\($0)\(set)" + dice.pick(["", "\"", "\\", "\n", "é"])
                        },
                        number: Double(dice.below(100_000)) / 1000
                    )
                }
            )
        }
    }
}
