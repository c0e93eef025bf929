/// All series of a shard by their labels.
struct SeriesIndex: Sendable {
    private(set) var table = LabelTable()
    private(set) var postings = Postings()

    var count: Int { table.count }

    func find(_ bytes: [UInt8], _ range: Range<Int>, hint: Int = -1) -> Int? {
        table.find(bytes, range, hint: hint)
    }

    func labels(_ slot: Int) -> Labels { table.labels(slot) }

    /// Takes in a series that is not there; nil when there is no place for it.
    mutating func insert(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        guard let slot = table.insert(bytes, range) else { return nil }
        postings.insert(UInt32(slot), table.labels(slot))
        return slot
    }

    mutating func insertFree() {
        table.insertFree()
    }

    mutating func restore(free: [UInt32]) -> Bool {
        table.restore(free: free)
    }

    mutating func remove(_ slot: Int) {
        postings.remove(UInt32(slot), table.labels(slot))
        table.remove(slot)
    }

    // MARK: Selection

    /// The slots of the series that the selector admits, rising.
    func select(_ selector: SeriesSelector) -> [UInt32] {
        var conditions = selector.conditions
        // Whether a series without the label is admitted.
        let admitsNone = conditions.indices.map { conditions[$0].admits(LabelText("")) }
        var found: [UInt32]?
        for index in conditions.indices where !admitsNone[index] {
            // What names its values is looked up first: it leaves little for the others.
            guard case .anyOf = conditions[index].test, !conditions[index].isNegated else {
                continue
            }
            narrow(&found, by: &conditions[index], admitsNone: false)
        }
        for index in conditions.indices {
            if case .anyOf = conditions[index].test, !conditions[index].isNegated,
                !admitsNone[index]
            {
                continue
            }
            narrow(&found, by: &conditions[index], admitsNone: admitsNone[index])
            if found?.isEmpty == true { return [] }
        }
        return found ?? everything
    }

    private var everything: [UInt32] {
        (0..<table.slots).filter { !table.isFree($0) }.map(UInt32.init)
    }

    private func narrow(
        _ found: inout [UInt32]?,
        by condition: inout SeriesSelector.Condition,
        admitsNone: Bool
    ) {
        guard let values = postings.names[condition.name] else {
            if !admitsNone { found = [] }
            return
        }
        if let few = found, few.count <= values.count {
            found = few.filter { slot in
                let value = table.value(of: condition.nameBytes, Int(slot))
                return condition.admits(LabelText(String(decoding: value, as: UTF8.self)))
            }
            return
        }
        if admitsNone {
            let excluded = values.filter { !condition.admits($0.key) }.map(\.value)
            found = Postings.difference(found ?? everything, Postings.union(excluded))
            return
        }
        var admitted: [Postings.Slots] = []
        if case .anyOf(let wanted) = condition.test, !condition.isNegated {
            admitted = wanted.compactMap { values[$0] }
        } else {
            admitted = values.filter { condition.admits($0.key) }.map(\.value)
        }
        let slots = Postings.union(admitted)
        found = found.map { Postings.intersection($0, slots) } ?? slots
    }

    // MARK: Labels

    /// The names of labels that the selected series have, or all series.
    func labelNames(_ selector: SeriesSelector?) -> Set<String> {
        guard let selector else { return Set(postings.names.keys.map(\.text)) }
        var names: Set<String> = []
        for slot in select(selector) {
            for label in table.labels(Int(slot)).all { names.insert(label.name) }
        }
        return names
    }

    func labelValues(_ name: String, _ selector: SeriesSelector?) -> Set<String> {
        guard let selector else {
            return Set((postings.names[LabelText(name)] ?? [:]).keys.map(\.text))
        }
        let bytes = Array(name.utf8)
        var values: Set<String> = []
        for slot in select(selector) {
            let value = table.value(of: bytes, Int(slot))
            if !value.isEmpty { values.insert(String(decoding: value, as: UTF8.self)) }
        }
        return values
    }
}
