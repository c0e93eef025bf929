/// One thing that the hub has to reach, and what was measured.
struct Bar: Sendable {
    enum Verdict: String, Sendable {
        case met = "met"
        case missed = "**missed**"
        case unknown = "not measured"
    }

    let name: String
    let demand: String
    var measured: String
    var verdict: Verdict

    var row: String { "| \(name) | \(demand) | \(measured) | \(verdict.rawValue) |" }

    static func unknown(_ name: String, _ demand: String, _ reason: String) -> Bar {
        Bar(name: name, demand: demand, measured: reason, verdict: .unknown)
    }

    /// As Markdown, with the machine above it.
    static func table(_ bars: [Bar], rounds: Int) -> String {
        """
        Measured on \(Machine.description); medians of \(rounds) rounds.

        | | bar | measured | verdict |
        |---|---|---|---|
        \(bars.map(\.row).joined(separator: "\n"))
        """
    }
}
