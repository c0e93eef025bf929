/// The idempotency key that an author gave a record: others' keys are not in its way.
package struct RecordKey: Hashable, Sendable {
    package let author: String
    package let key: String

    package init(author: String, key: String) {
        self.author = author
        self.key = key
    }
}
