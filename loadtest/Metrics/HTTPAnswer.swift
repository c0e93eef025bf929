import WebSocket

/// An answer as it comes in: with a length, in chunks, or without a body.
struct HTTPAnswer {
    private enum Frame {
        case head
        case length(Int)
        case chunks
    }

    private(set) var status = 0
    private(set) var body: [UInt8] = []
    var sentAt: Int64 = 0
    var nanoseconds: Int64 = 0
    private var pending: [UInt8] = []
    private var frame = Frame.head

    /// True once it is whole.
    mutating func take(_ bytes: UnsafeMutableRawBufferPointer) throws(HandshakeFailure) -> Bool {
        pending.append(contentsOf: bytes)
        if case .head = frame {
            guard let (head, count) = try ResponseHead.parse(pending.span) else { return false }
            status = head.status
            pending.removeFirst(count)
            if head.fields["Transfer-Encoding"]?.lowercased() == "chunked" {
                frame = .chunks
            } else {
                let length = head.fields["Content-Length"].flatMap { Int($0) }
                frame = .length(status == 204 ? 0 : max(length ?? 0, 0))
            }
        }
        switch frame {
        case .head: return false
        case .length(let length):
            guard pending.count >= length else { return false }
            body = Array(pending[..<length])
            return true
        case .chunks: return try takeChunks()
        }
    }

    private mutating func takeChunks() throws(HandshakeFailure) -> Bool {
        var place = 0
        defer { pending.removeFirst(place) }
        while let end = pending[place...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: pending[place..<end].prefix { $0 != 13 }, as: UTF8.self)
            guard let length = Int(line, radix: 16) else {
                throw HandshakeFailure("A chunk has no length")
            }
            // The bytes, and the end of their line.
            guard pending.count >= end + 1 + length + 2 else { return false }
            body += pending[(end + 1)..<(end + 1 + length)]
            place = end + 1 + length + 2
            if length == 0 { return true }
        }
        return false
    }
}
