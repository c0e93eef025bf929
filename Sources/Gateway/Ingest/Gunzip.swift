import CZlib

/// Unpacks gzip (RFC 1952), up to a maximum. The pointers here go to zlib and no further.
enum Gunzip {
    enum Failure: Error {
        case malformed
        case tooLarge
    }

    /// 15 bits of window, and a header of gzip.
    private static let windowBits: Int32 = 15 + 16

    static func unpack(_ packed: [UInt8], upTo maximum: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard czlib_inflateInit2(&stream, windowBits) == Z_OK else {
            preconditionFailure("zlib has no memory for an inflater")
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        let failure = packed.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(clamping: input.count)
            return inflate(&stream, into: &output, upTo: maximum)
        }
        if let failure { throw failure }
        return output
    }

    private static func inflate(
        _ stream: inout z_stream,
        into output: inout [UInt8],
        upTo maximum: Int
    ) -> Failure? {
        while true {
            // Room for one byte too many shows the difference between full and too large.
            let room = min(
                max(Int(stream.avail_in) &* 4, 4096, output.count),
                maximum - output.count + 1
            )
            var status = Z_OK
            output.append(addingCapacity: room) { span in
                span.withUnsafeMutableBufferPointer { buffer, initializedCount in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(clamping: room)
                    let offered = stream.avail_out
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    initializedCount = Int(offered - stream.avail_out)
                }
            }
            guard output.count <= maximum else { return .tooLarge }
            switch status {
            case Z_OK: continue
            // A file of gzip may have several members.
            case Z_STREAM_END where stream.avail_in > 0:
                guard inflateReset(&stream) == Z_OK else { return .malformed }
            case Z_STREAM_END: return nil
            default: return .malformed
            }
        }
    }
}
