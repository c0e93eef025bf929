/// A message as clients get it in history: JSON that is ready to send.
package struct StoredMessage: Sendable, Hashable {
    package let id: RecordID
    package let json: [UInt8]

    package init(id: RecordID, json: [UInt8]) {
        self.id = id
        self.json = json
    }
}
