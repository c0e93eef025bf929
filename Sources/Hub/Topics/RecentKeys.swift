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
    private var bytes = 0
    private let maximum: Int
    private let bytesMaximum: Int

    /// - Parameter bytesMaximum: Of payloads; one that has more is not remembered.
    package init(maximum: Int, bytesMaximum: Int = 1 << 20) {
        self.maximum = maximum
        self.bytesMaximum = bytesMaximum
    }

    package mutating func remember(_ record: Record) {
        guard let key = record.key, record.payload.count <= bytesMaximum else { return }
        let name = Name(author: record.author, key: key)
        let earlier = records.updateValue(record, forKey: name)
        bytes += record.payload.count - (earlier?.payload.count ?? 0)
        if earlier == nil { order.append(name) }
        while order.count > maximum || bytes > bytesMaximum, let oldest = order.popFirst() {
            bytes -= records.removeValue(forKey: oldest)?.payload.count ?? 0
        }
    }

    package func record(by author: String, key: String) -> Record? {
        records[Name(author: author, key: key)]
    }
}
