/// A hold's name for clients, `<record id>.<sku>`: it says which item the hold is of, so that no
/// look-up is needed to find it.
package struct HoldName: Hashable, Sendable {
    package let id: RecordID
    package let item: TopicID

    /// Nil when the text is no such name.
    package init?(_ text: String) {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")),
            let id = RecordID(text[..<dot]),
            let item = try? TopicID(.item, text[text.utf8.index(after: dot)...])
        else { return nil }
        self.id = id
        self.item = item
    }

    /// The id in a hold's name, without a look at the item.
    static func id(in text: String) -> RecordID? {
        text.utf8.firstIndex(of: UInt8(ascii: ".")).flatMap { RecordID(text[..<$0]) }
    }

    static func text(_ id: RecordID, _ sku: String) -> String { "\(id).\(sku)" }

    /// Appends the name as a JSON string; a sku has no character that needs an escape.
    static func write(_ id: RecordID, _ sku: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        JSON.encode(id.number, into: &bytes)
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: sku.utf8)
        bytes.append(UInt8(ascii: "\""))
    }
}
