/// What is left of a query's limits.
struct QueryBudget {
    private var samples: Int
    private var visits: Int

    init(_ limits: QueryLimits) {
        samples = limits.samples
        visits = limits.visits
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
    }

    mutating func takeVisits(_ count: Int) throws(PromQLError) {
        guard count <= visits else {
            throw .execution("query processing would look at too many samples")
        }
        visits -= count
    }
}
