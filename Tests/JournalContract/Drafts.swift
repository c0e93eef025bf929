import Hub

/// Drafts of records that no slice knows, for what is the same with all of them.
package struct Drafts {
    private var last: Int64

    /// - Parameter first: ids start above it; those of two makers must not meet.
    package init(after first: Int64 = 1_000) {
        last = first
    }

    package mutating func next(
        author: String = "ada",
        key: String? = nil,
        type: String = "noted",
        payload: String = "{}"
    ) -> Draft {
        last += 1
        return Draft(
            id: RecordID(last),
            author: author,
            at: Timestamp(milliseconds: 1_795_400_000_000 + last),
            key: key,
            type: type,
            payload: Array(payload.utf8)
        )
    }

    package mutating func next(_ count: Int) -> [Draft] {
        (0..<count).map { _ in next() }
    }

    package static func topic(_ name: String) -> TopicID {
        guard let topic = try? TopicID(.user, name) else {
            preconditionFailure("\(name) is no topic's name.")
        }
        return topic
    }
}
