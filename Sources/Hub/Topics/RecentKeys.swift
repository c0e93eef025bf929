import DequeModule

/// The first records of recent commands by author and key, so that a quick retry is answered
/// without asking the journal. Bounded: the oldest goes first; the journal knows them all.
package struct RecentKeys: Sendable {
    struct Name: Hashable, Sendable {
        let author: String
        let key: String
    }

    private var records: [Name: Record] = [:]
    private var order: Deque<Name> = []
    private let maximum: Int

    package init(maximum: Int) {
        self.maximum = maximum
    }

    package mutating func remember(_ record: Record) {
        guard let key = record.key else { return }
        let name = Name(author: record.author, key: key)
        guard records.updateValue(record, forKey: name) == nil else { return }
        order.append(name)
        if order.count > maximum, let oldest = order.popFirst() { records[oldest] = nil }
    }

    package func record(by author: String, key: String) -> Record? {
        records[Name(author: author, key: key)]
    }
}
