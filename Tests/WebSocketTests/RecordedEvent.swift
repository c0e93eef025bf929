import WebSocket

/// An event that outlives its call, to compare with.
enum RecordedEvent: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(CloseStatus)
    case violation(CloseCode)

    init(_ event: borrowing MessageReader.Event) {
        switch event {
        case .text(let bytes): self = .text([UInt8](copying: bytes))
        case .binary(let bytes): self = .binary([UInt8](copying: bytes))
        case .ping(let bytes): self = .ping([UInt8](copying: bytes))
        case .pong(let bytes): self = .pong([UInt8](copying: bytes))
        case .close(let status): self = .close(status)
        }
    }

    static func text(_ text: String) -> RecordedEvent { .text(Array(text.utf8)) }
}

/// Feeds a reader with pieces and records what it says, a violation included.
func record(
    _ pieces: [[UInt8]],
    by endpoint: Endpoint = .client,
    messageBytesMaximum: Int = 1 << 20,
    compression: Decompression? = nil
) -> [RecordedEvent] {
    var reader = MessageReader(
        for: endpoint,
        messageBytesMaximum: messageBytesMaximum,
        compression: compression
    )
    var events: [RecordedEvent] = []
    for var piece in pieces {
        do throws(Violation) {
            try reader.receive(&piece) { events.append(RecordedEvent($0)) }
        } catch {
            events.append(.violation(error.code))
        }
    }
    return events
}

func record(
    _ bytes: [UInt8],
    by endpoint: Endpoint = .client,
    compression: Decompression? = nil
) -> [RecordedEvent] {
    record([bytes], by: endpoint, compression: compression)
}
