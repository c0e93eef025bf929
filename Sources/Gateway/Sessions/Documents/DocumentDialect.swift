import Hub
import WebSocket

/// Writes what happens in a document as binary messages of y-protocols.
struct DocumentDialect: Dialect {
    /// Whether each message begins with the document's name.
    let isAddressed: Bool

    static let yWebSocket = DocumentDialect(isAddressed: false)
    static let hocuspocus = DocumentDialect(isAddressed: true)

    /// Beyond those of the native dialect's windows.
    var id: Int { isAddressed ? 33 : 32 }

    func encode(_ records: [Record], of topic: TopicID, epoch: Epoch) -> any Sendable {
        let updates = records.filter { $0.type == DocumentEvent.updateType }
        var shown = frames(updates.map { ProtocolMessage.update($0.payload) }, topic)
        if updates.count < records.count {
            let others = records.filter { $0.type != DocumentEvent.updateType }
            let events = others.map { DocumentEvent(type: $0.type, payload: $0.payload) }
            shown.title = events.compactMap { $0?.title }.last
        }
        return shown
    }

    func encode(_ ephemeral: Ephemeral, of topic: TopicID) -> any Sendable {
        guard let binary = ephemeral.binary else { return DocumentFrames.nothing }
        let isUpdate = ephemeral.event == DocumentEvent.updateType
        let message =
            isUpdate ? ProtocolMessage.update(binary) : ProtocolMessage.awareness(binary)
        return frames([message], topic)
    }

    private func frames(_ messages: [[UInt8]], _ topic: TopicID) -> DocumentFrames {
        let address = isAddressed ? Self.address(topic) : []
        var frames: [UInt8] = []
        frames.reserveCapacity(
            messages.reduce(0) { $0 + $1.count + address.count + 10 }
        )
        for message in messages {
            if address.isEmpty {
                FrameEncoder.append(.binary, message.span, to: &frames)
            } else {
                FrameEncoder.append(.binary, (address + message).span, to: &frames)
            }
        }
        return DocumentFrames(frames: frames, messages: isAddressed ? messages : [])
    }

    /// The name with which a client of Hocuspocus addresses the document.
    static func address(_ topic: TopicID) -> [UInt8] {
        ProtocolMessage.counted(Array(topic.name.utf8))
    }
}
