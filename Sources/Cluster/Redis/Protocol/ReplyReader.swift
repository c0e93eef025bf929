import CHiredis

/// Reads answers from bytes as they come, however they are cut. Nothing can be read after what
/// isn't RESP.
final class ReplyReader {
    /// What came is not an answer, or more than one may be.
    struct Violation: Error {
        let reason: String
    }

    // hiredis's own, which nobody else sees: it is freed with this object.
    private let reader: UnsafeMutablePointer<chiredis_reader>
    private let bytesMaximum: Int
    /// The bytes that came since the last whole answer.
    private var bytesSinceReply = 0

    init(_ limits: ReplyLimits) {
        guard let reader = chiredis_open(limits.elements) else {
            preconditionFailure("There is no memory for a reader of answers.")
        }
        self.reader = reader
        bytesMaximum = limits.bytes
    }

    deinit {
        chiredis_close(reader)
    }

    func feed(_ bytes: UnsafeRawBufferPointer) {
        bytesSinceReply += bytes.count
        // A failure to allocate shows at the next answer.
        _ = chiredis_feed(reader, bytes.baseAddress, bytes.count)
    }

    /// The next whole answer, or nil when there is none yet.
    func next() throws(Violation) -> RedisValue? {
        var reply: UnsafeMutablePointer<redisReply>?
        guard chiredis_next(reader, &reply) == REDIS_OK else {
            throw Violation(reason: String(cString: chiredis_reason(reader)))
        }
        guard let reply else {
            guard bytesSinceReply <= bytesMaximum else {
                throw Violation(reason: "an answer of more than \(bytesMaximum) bytes")
            }
            return nil
        }
        defer { freeReplyObject(reply) }
        bytesSinceReply = chiredis_buffered(reader)
        return Self.value(reply.pointee)
    }

    /// As deep as hiredis reads, so it can't run out of stack.
    private static func value(_ reply: redisReply) -> RedisValue {
        switch reply.type {
        case REDIS_REPLY_INTEGER: .integer(reply.integer)
        case REDIS_REPLY_STRING: .bytes(Array(text(reply)))
        case REDIS_REPLY_STATUS: .status(String(decoding: text(reply), as: UTF8.self))
        case REDIS_REPLY_ERROR:
            .error(RedisServerError(String(decoding: text(reply), as: UTF8.self)))
        case REDIS_REPLY_ARRAY:
            .array(
                UnsafeBufferPointer(start: reply.element, count: reply.elements).map { element in
                    element.map { value($0.pointee) } ?? .null
                }
            )
        default: .null
        }
    }

    private static func text(_ reply: redisReply) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: reply.str, count: reply.len)
    }
}
