import Hub
import WebSocket

/// Writes events as the native protocol has them: one JSON object in one text frame each.
struct NativeDialect: Dialect {
    /// With it, frames are compressed once for all members that agreed on the same window.
    let compression: SharedCompression?

    static let plain = NativeDialect(compression: nil)

    /// 0 for plain frames, else the window that all who share them agreed on.
    var id: Int { compression.map { Int($0.windowBits) } ?? 0 }

    func encode(_ records: [Record], of topic: TopicID, epoch: Epoch) -> any Sendable {
        var frames: [UInt8] = []
        frames.reserveCapacity(records.reduce(0) { $0 + $1.payload.count + 192 })
        var text: [UInt8] = []
        let position = "\",\"position\":\"\(epoch):"
        for record in records {
            text.removeAll(keepingCapacity: true)
            text.append(contentsOf: "{\"topic\":\"".utf8)
            // Topics and event types have no character that JSON escapes.
            text.append(contentsOf: topic.text.utf8)
            text.append(contentsOf: "\",\"event\":\"".utf8)
            text.append(contentsOf: record.type.utf8)
            text.append(contentsOf: position.utf8)
            JSON.encode(record.offset, into: &text)
            text.append(contentsOf: "\",\"at\":".utf8)
            Self.finish(&text, at: record.at, by: record.author, data: record.json)
            append(text, to: &frames)
        }
        return frames
    }

    func encode(_ ephemeral: Ephemeral, of topic: TopicID) -> any Sendable {
        var text: [UInt8] = []
        text.reserveCapacity(ephemeral.payload.count + 192)
        text.append(
            contentsOf: "{\"topic\":\"\(topic.text)\",\"event\":\"\(ephemeral.event)\"".utf8
        )
        text.append(contentsOf: ",\"at\":".utf8)
        Self.finish(&text, at: ephemeral.at, by: ephemeral.author, data: ephemeral.payload)
        var frames: [UInt8] = []
        append(text, to: &frames)
        return frames
    }

    private static func finish(
        _ text: inout [UInt8],
        at: Timestamp,
        by author: String,
        data: [UInt8]
    ) {
        JSON.encode(at.milliseconds, into: &text)
        text.append(contentsOf: ",\"by\":".utf8)
        JSON.encode(author, into: &text)
        text.append(contentsOf: ",\"data\":".utf8)
        text.append(contentsOf: data)
        text.append(UInt8(ascii: "}"))
    }

    /// One text message as a finished frame at the end of `frames`.
    func append(_ text: [UInt8], to frames: inout [UInt8]) {
        if let compression, text.count >= compression.bytesMinimum {
            let compressed = compression.compress(text.span)
            FrameEncoder.append(.text, compressed.span, isCompressed: true, to: &frames)
        } else {
            FrameEncoder.append(.text, text.span, to: &frames)
        }
    }
}
