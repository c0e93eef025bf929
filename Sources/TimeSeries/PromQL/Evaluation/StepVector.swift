/// An instant vector at all steps at once: a row for each series, a cell for each step.
struct StepVector: Sendable {
    var labels: [Labels] = []
    /// The length of a row.
    let steps: Int
    /// Row after row; `absent` where the series has no value.
    var values: [Double] = []

    init(steps: Int) {
        self.steps = steps
    }

    /// Rows without values yet.
    init(labels: [Labels], steps: Int) {
        self.labels = labels
        self.steps = steps
        values = Array(repeating: .absent, count: labels.count * steps)
    }

    var rows: Range<Int> { labels.indices }

    func cells(_ row: Int) -> Range<Int> { row * steps..<(row + 1) * steps }

    subscript(row: Int, step: Int) -> Double {
        get { values[row * steps + step] }
        set { values[row * steps + step] = newValue }
    }

    func isEmpty(_ row: Int) -> Bool { values[cells(row)].allSatisfy(\.isAbsent) }

    /// Appends the row of another vector.
    mutating func append(_ row: Int, of other: StepVector) {
        labels.append(other.labels[row])
        values += other.values[other.cells(row)]
    }

    func rows(where isKept: (Int) -> Bool) -> StepVector {
        var kept = StepVector(steps: steps)
        for row in rows where isKept(row) { kept.append(row, of: self) }
        return kept
    }

    /// Every present value changed.
    func map(_ change: (Double) -> Double) -> StepVector {
        var changed = self
        for index in changed.values.indices where changed.values[index].isPresent {
            changed.values[index] = change(changed.values[index]).asResult
        }
        return changed
    }

    /// Every present value changed, with its step at hand.
    func map(_ change: (Double, Int) -> Double) -> StepVector {
        guard steps > 0 else { return self }
        var changed = self
        for row in rows {
            for step in 0..<steps where changed[row, step].isPresent {
                changed[row, step] = change(changed[row, step], step)
            }
        }
        return changed
    }

    /// Without the metrics' names, which an operation's result is no longer an instance of.
    ///
    /// Series that are the same then become one, unless they have values at one step.
    func droppingNames() throws(PromQLError) -> StepVector {
        var renamed = self
        renamed.labels = labels.map { $0.droppingName() }
        return try renamed.united()
    }

    /// Rows with the same labels as one.
    func united() throws(PromQLError) -> StepVector {
        guard labels.count > 1 else { return self }
        var first: [Labels: Int] = [:]
        first.reserveCapacity(labels.count)
        var isUnited = true
        for row in rows where first.updateValue(row, forKey: labels[row]) != nil {
            isUnited = false
            break
        }
        return isUnited ? self : try uniting()
    }

    private func uniting() throws(PromQLError) -> StepVector {
        var united = StepVector(steps: steps)
        var places: [Labels: Int] = [:]
        for row in rows {
            guard let place = places[labels[row]] else {
                places[labels[row]] = united.labels.count
                united.append(row, of: self)
                continue
            }
            for step in 0..<steps where self[row, step].isPresent {
                guard united[place, step].isAbsent else {
                    throw .execution("vector cannot contain metrics with the same labelset")
                }
                united[place, step] = self[row, step]
            }
        }
        return united
    }

    /// Each row's only value at as many steps as asked for.
    func repeated(_ count: Int) -> StepVector {
        var wide = StepVector(steps: count)
        wide.labels = labels
        wide.values.reserveCapacity(labels.count * count)
        for value in values { wide.values.append(contentsOf: repeatElement(value, count: count)) }
        return wide
    }
}
