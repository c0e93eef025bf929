/// The rows of a vector by the labels that group them, found once for all steps.
struct LabelGroups {
    /// In the order in which they first appear.
    private(set) var labels: [Labels] = []
    /// Each row's group.
    private(set) var ofRow: [Int] = []
    private var places: [Labels: Int] = [:]

    var count: Int { labels.count }

    mutating func append(_ labels: Labels) {
        let next = self.labels.count
        let place = places[labels] ?? next
        if place == next {
            places[labels] = next
            self.labels.append(labels)
        }
        ofRow.append(place)
    }

    /// The group with these labels, if any row is in it.
    func place(of labels: Labels) -> Int? { places[labels] }

    /// The rows of each group.
    var members: [[Int]] {
        var members: [[Int]] = Array(repeating: [], count: count)
        for (row, group) in ofRow.enumerated() { members[group].append(row) }
        return members
    }

    init() {}

    init(_ vector: StepVector, by grouping: PromExpression.Grouping) {
        let dropped = grouping.labels + [Labels.nameLabel]
        for labels in vector.labels {
            append(grouping.isWithout ? labels.dropping(dropped) : labels.keeping(grouping.labels))
        }
    }
}
