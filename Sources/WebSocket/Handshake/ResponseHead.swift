/// A response's status line and header fields, as a client reads them.
package struct ResponseHead: Equatable, Sendable {
    package let status: Int
    package let fields: HeaderFields

    /// Reads the head at the beginning of `bytes`. `byteCount` is its length: frames may follow.
    /// nil: the head has no end yet.
    package static func parse(
        _ bytes: Span<UInt8>,
        limits: HeadLimits = HeadLimits()
    ) throws(HandshakeFailure) -> (head: ResponseHead, byteCount: Int)? {
        do {
            guard let lines = try HeadLines.scan(bytes, limits: limits) else { return nil }
            // The reason phrase is optional, and so is, in practice, the space before it.
            let line = [UInt8](copying: bytes.extracting(lines.startLine))
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard parts.count >= 2, parts[0].elementsEqual("HTTP/1.1".utf8),
                parts[1].count == 3,
                let status = Int(String(decoding: parts[1], as: UTF8.self))
            else {
                throw HandshakeFailure("The answer is not HTTP/1.1")
            }
            let head = ResponseHead(status: status, fields: try lines.fields(in: bytes))
            return (head, lines.byteCount)
        } catch let failure as HandshakeFailure {
            throw failure
        } catch let refusal as HandshakeRefusal {
            throw HandshakeFailure(refusal.explanation)
        } catch {
            preconditionFailure("Nothing else is thrown above")
        }
    }
}
