/// What comes of matched series, checked for results that would be the same series.
struct MatchResults {
    private(set) var vector: StepVector
    private var rows: [Labels: Int] = [:]
    /// Rows that the budget gave for already.
    private let paidRows: Int
    private let isOneToOne: Bool
    /// Whether a group has its result at a step; asked for one-to-one only.
    private var isMatched: [Bool]

    init(steps: Int, groups: Int, isOneToOne: Bool, paidRows: Int) {
        vector = StepVector(steps: steps)
        self.paidRows = paidRows
        self.isOneToOne = isOneToOne
        isMatched = Array(repeating: false, count: isOneToOne ? groups * steps : 0)
    }

    /// The row for these labels, a new one if there is none: a series with another partner at each
    /// step may have as many rows as there are steps.
    mutating func row(
        _ labels: Labels,
        _ budget: inout QueryBudget
    ) throws(PromQLError) -> Int {
        if let row = rows[labels] { return row }
        if vector.labels.count >= paidRows {
            try budget.takeCells(rows: 1, steps: vector.steps)
        }
        rows[labels] = vector.labels.count
        vector.labels.append(labels)
        vector.values.append(contentsOf: repeatElement(.absent, count: vector.steps))
        return vector.labels.count - 1
    }

    mutating func set(
        _ row: Int,
        _ step: Int,
        _ group: Int,
        _ value: Double
    ) throws(PromQLError) {
        if isOneToOne {
            let cell = group * vector.steps + step
            guard !isMatched[cell] else {
                throw .execution(
                    "multiple matches for labels: many-to-one matching must be explicit "
                        + "(group_left/group_right)"
                )
            }
            isMatched[cell] = true
        }
        guard vector[row, step].isAbsent else {
            throw .execution(
                isOneToOne
                    ? "vector cannot contain metrics with the same labelset"
                    : "multiple matches for labels: grouping labels must ensure unique matches"
            )
        }
        vector[row, step] = value
    }
}
