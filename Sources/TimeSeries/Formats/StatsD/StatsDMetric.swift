/// One line of StatsD: `hub.msg:1|c|@0.1|#room:general`.
package struct StatsDMetric: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case counter
        /// Sets the value.
        case gauge
        /// Adds to the value.
        case gaugeChange
        /// `ms`, `h` and `d`: of all of them count, sum and quantiles are kept.
        case timer
        case set
    }

    package let name: String
    package let kind: Kind
    /// Of all but sets.
    package let value: Double
    /// Of sets: what is to be counted once.
    package let member: String
    /// What part of all events was sent: above 0, and 1 at the most.
    package let rate: Double
    /// As they were sent, but in characters that names may have.
    package let tags: [(name: String, value: String)]

    package init(
        name: String,
        kind: Kind,
        value: Double,
        member: String = "",
        rate: Double = 1,
        tags: [(name: String, value: String)] = []
    ) {
        self.name = name
        self.kind = kind
        self.value = value
        self.member = member
        self.rate = rate
        self.tags = tags
    }

    package static func == (one: StatsDMetric, other: StatsDMetric) -> Bool {
        one.name == other.name && one.kind == other.kind && one.value == other.value
            && one.member == other.member && one.rate == other.rate
            && one.tags.elementsEqual(other.tags) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(kind)
        hasher.combine(value)
    }
}
