/// Two vectors whose series were put together by their labels, once for all steps.
struct MatchedVectors {
    private let left: StepVector
    private let right: StepVector
    private let matching: VectorMatching
    private let leftGroups: [Int]
    private let rightGroups: [Int]
    /// Of both sides.
    private let groupCount: Int

    init(_ left: StepVector, _ right: StepVector, _ matching: VectorMatching) {
        self.left = left
        self.right = right
        self.matching = matching
        var groups = LabelGroups()
        for labels in left.labels + right.labels {
            groups.append(Self.signature(labels, matching))
        }
        leftGroups = Array(groups.ofRow.prefix(left.labels.count))
        rightGroups = Array(groups.ofRow.dropFirst(left.labels.count))
        groupCount = groups.count
    }

    /// What must be equal for two series to belong together.
    private static func signature(_ labels: Labels, _ matching: VectorMatching) -> Labels {
        matching.isOn
            ? labels.keeping(matching.labels)
            : labels.dropping(matching.labels + [Labels.nameLabel])
    }

    /// Whether each group has a value at each step.
    private func presence(of vector: StepVector, _ groups: [Int]) -> [Bool] {
        var presence = Array(repeating: false, count: groupCount * vector.steps)
        for row in vector.rows {
            for step in 0..<vector.steps where vector[row, step].isPresent {
                presence[groups[row] * vector.steps + step] = true
            }
        }
        return presence
    }

    /// `and`, and `unless` when what has a partner is what goes.
    func intersection(isKept: Bool) -> StepVector {
        let partners = presence(of: right, rightGroups)
        var result = left
        for row in left.rows {
            for step in 0..<left.steps
            where partners[leftGroups[row] * left.steps + step] != isKept {
                result[row, step] = .absent
            }
        }
        return result
    }

    func union() throws(PromQLError) -> StepVector {
        let taken = presence(of: left, leftGroups)
        var result = left
        for row in right.rows {
            result.append(row, of: right)
            let appended = result.labels.count - 1
            for step in 0..<right.steps where taken[rightGroups[row] * right.steps + step] {
                result[appended, step] = .absent
            }
        }
        return try result.united()
    }
}

// MARK: - Arithmetic and comparisons

extension MatchedVectors {
    /// The side of which each group has one series at a step.
    private var one: StepVector { matching.cardinality == .oneToMany ? left : right }
    private var many: StepVector { matching.cardinality == .oneToMany ? right : left }

    /// The budget gave for as many rows as the "many" side has; others are charged as they come.
    func combined(
        _ operation: PromExpression.BinaryOperation,
        _ budget: inout QueryBudget
    ) throws(PromQLError) -> StepVector {
        let isSwapped = matching.cardinality == .oneToMany
        let manyGroups = isSwapped ? rightGroups : leftGroups
        let partners = try self.partners(isSwapped ? leftGroups : rightGroups)
        let combine = operation.symbol.combining(returnsBool: operation.returnsBool)
        let dropsName = operation.symbol.arithmetic != nil || operation.returnsBool
        var results = MatchResults(
            steps: many.steps,
            groups: groupCount,
            isOneToOne: matching.cardinality == .oneToOne,
            paidRows: many.labels.count
        )
        for row in many.rows {
            let group = manyGroups[row]
            var last = -1
            var target = -1
            for step in 0..<many.steps where many[row, step].isPresent {
                let partner = partners[group * many.steps + step]
                guard partner >= 0 else { continue }
                let (ours, theirs) = (many[row, step], one[partner, step])
                let value = isSwapped ? combine(theirs, ours) : combine(ours, theirs)
                guard value.isPresent else { continue }
                if partner != last {
                    last = partner
                    target = try results.row(
                        resultLabels(many.labels[row], one.labels[partner], dropsName),
                        &budget
                    )
                }
                try results.set(target, step, group, value)
            }
        }
        return results.vector
    }

    /// The row of the "one" side for each group and step, or -1.
    private func partners(_ groups: [Int]) throws(PromQLError) -> [Int] {
        var partners = Array(repeating: -1, count: groupCount * one.steps)
        let isManyPresent = presence(of: many)
        for row in one.rows {
            for step in 0..<one.steps where one[row, step].isPresent {
                let cell = groups[row] * one.steps + step
                if partners[cell] >= 0, isManyPresent[step] {
                    throw ambiguity(one.labels[row], one.labels[partners[cell]])
                }
                partners[cell] = row
            }
        }
        return partners
    }

    /// With nothing on the other side, nothing is ambiguous.
    private func presence(of vector: StepVector) -> [Bool] {
        (0..<vector.steps).map { step in vector.rows.contains { vector[$0, step].isPresent } }
    }

    private func ambiguity(_ labels: Labels, _ other: Labels) -> PromQLError {
        let group =
            matching.isOn
            ? labels.keeping(matching.labels)
            : labels.dropping(matching.labels + [Labels.nameLabel])
        let side = matching.cardinality == .oneToMany ? "left" : "right"
        return .execution(
            "found duplicate series for the match group \(group) on the \(side) hand-side of the "
                + "operation: [\(labels), \(other)];many-to-many matching not allowed: "
                + "matching labels must be unique on one side"
        )
    }

    private func resultLabels(_ many: Labels, _ one: Labels, _ dropsName: Bool) -> Labels {
        var labels = dropsName ? many.droppingName() : many
        if matching.cardinality == .oneToOne {
            labels =
                matching.isOn ? labels.keeping(matching.labels) : labels.dropping(matching.labels)
        }
        for name in matching.included { labels = labels.setting(name, one[name] ?? "") }
        return labels
    }
}
