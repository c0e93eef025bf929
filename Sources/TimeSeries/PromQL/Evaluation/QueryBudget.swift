/// What is left of a query's limits, and of its time.
struct QueryBudget {
    /// Work between two looks at the clock.
    private static let workBetweenChecks = 1_000_000

    private var samples: Int
    private var visits: Int
    private var workUnchecked = 0
    private let isExpired: () -> Bool

    init(_ limits: QueryLimits, isExpired: @escaping () -> Bool) {
        samples = limits.samples
        visits = limits.visits
        self.isExpired = isExpired
    }

    /// Before room is made for them.
    mutating func takeCells(rows: Int, steps: Int) throws(PromQLError) {
        let (cells, overflows) = rows.multipliedReportingOverflow(by: steps)
        guard !overflows, cells <= samples else {
            throw .execution(
                "query processing would load too many samples into memory in query execution"
            )
        }
        samples -= cells
        try work(cells)
    }

    /// Before they are made.
    mutating func takeVisits(_ count: Int) throws(PromQLError) {
        guard count <= visits else {
            throw .execution("query processing would look at too many samples")
        }
        visits -= count
        try work(count)
    }

    private mutating func work(_ amount: Int) throws(PromQLError) {
        workUnchecked += amount
        guard workUnchecked >= Self.workBetweenChecks else { return }
        workUnchecked = 0
        if isExpired() {
            throw PromQLError(.timeout, "query timed out in expression evaluation")
        }
    }
}
