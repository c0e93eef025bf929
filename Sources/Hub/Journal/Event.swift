/// What a topic decided: each slice has one enum that conforms.
package protocol Event: Sendable {
    /// The event's name as clients and the journal see it, such as `message` or `reaction_added`.
    var type: String { get }

    /// The event's data as a JSON object, exactly as it is stored and sent; or bytes.
    func payload() -> [UInt8]

    /// Whether the payload is bytes that are not JSON.
    var isBinary: Bool { get }

    /// Reads an event back from the journal; nil when the type or payload is not one of this slice.
    init?(type: String, payload: [UInt8])
}

extension Event {
    package var isBinary: Bool { false }
}
