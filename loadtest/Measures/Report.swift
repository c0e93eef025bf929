/// What a scenario found: figures in their order, and what was wrong.
struct Report: Sendable {
    enum Figure: Sendable {
        case count(Int)
        case number(Double, decimals: Int)
        case text(String)
    }

    let scenario: String
    let seed: UInt64
    private(set) var figures: [(name: String, figure: Figure)] = []
    private(set) var violationCount = 0
    private(set) var violations: [String] = []

    init(_ scenario: String, seed: UInt64) {
        self.scenario = scenario
        self.seed = seed
    }

    var isClean: Bool { violationCount == 0 }

    mutating func add(_ name: String, _ count: Int) {
        figures.append((name, .count(count)))
    }

    mutating func add(_ name: String, _ number: Double, decimals: Int = 2) {
        figures.append((name, .number(number, decimals: decimals)))
    }

    mutating func add(_ name: String, _ text: String) {
        figures.append((name, .text(text)))
    }

    mutating func add(_ found: Violations) {
        violationCount += found.count
        violations += found.first
    }

    mutating func add(_ prefix: String, _ histogram: Histogram) {
        guard histogram.count > 0 else { return }
        for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999)] {
            add("\(prefix)_\(name)_ms", histogram.milliseconds(at: share), decimals: 3)
        }
        add("\(prefix)_max_ms", Double(histogram.largest) / 1e6, decimals: 3)
    }

    subscript(name: String) -> Double? {
        switch figures.first(where: { $0.name == name })?.figure {
        case .count(let count): Double(count)
        case .number(let number, _): number
        case .text, nil: nil
        }
    }
}

extension Report.Figure: CustomStringConvertible {
    var description: String {
        switch self {
        case .count(let count): Decimal.grouped(count)
        case .number(let number, let decimals): Decimal.text(number, decimals: decimals)
        case .text(let text): text
        }
    }
}

extension Report {
    /// For people.
    var table: String {
        var lines = ["", "\(scenario) (seed \(seed))"]
        let width = figures.map(\.name.count).max() ?? 0
        for (name, figure) in figures {
            let spaces = String(repeating: " ", count: width - name.count)
            lines.append("  \(name)\(spaces)  \(figure)")
        }
        lines.append(
            isClean
                ? "  nothing lost, repeated or out of order" : "  VIOLATIONS: \(violationCount)"
        )
        lines += violations.map { "    \($0)" }
        return lines.joined(separator: "\n")
    }

    /// For programs.
    var json: String {
        var fields = ["\"scenario\":\(Self.quoted(scenario))", "\"seed\":\(seed)"]
        for (name, figure) in figures {
            switch figure {
            case .count(let count): fields.append("\"\(name)\":\(count)")
            case .number(let number, let decimals):
                let text = number.isFinite ? Decimal.plain(number, decimals: decimals) : "null"
                fields.append("\"\(name)\":\(text)")
            case .text(let text): fields.append("\"\(name)\":\(Self.quoted(text))")
            }
        }
        let sentences = violations.map(Self.quoted).joined(separator: ",")
        fields.append("\"violations\":\(violationCount),\"first_violations\":[\(sentences)]")
        return "{" + fields.joined(separator: ",") + "}"
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}": quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
