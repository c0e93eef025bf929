/// `offset` and `@`: where a selector looks when it is asked about a time.
struct TimeShift: Sendable, Hashable {
    enum Anchor: Sendable, Hashable {
        case time(Int64)
        /// The query's, also inside a subquery.
        case start
        case end
    }

    /// Nil: the time that is asked about.
    var anchor: Anchor?
    /// Milliseconds into the past.
    var offset: Int64 = 0

    /// The time to look at when asked about `time`.
    func shift(_ time: Int64, in range: QueryRange) -> Int64 {
        switch anchor {
        case nil: time - offset
        case .time(let time): time - offset
        case .start: range.start - offset
        case .end: range.end - offset
        }
    }
}
