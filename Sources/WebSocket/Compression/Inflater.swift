import CZlib

/// Decompression of one peer's messages: RFC 7692, section 7.2.2.
///
/// It owns about 7 KB, and a window once there is something to remember. The pointers here go to
/// zlib and no further: zlib wants its stream at one address for as long as it lives, and takes no
/// spans.
struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>

    /// What a sender cuts off the end of each message, and a reader puts back.
    static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    init(windowBits: UInt8) {
        precondition((8...15).contains(windowBits), "A window has 8 to 15 bits")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // A negative size stands for raw deflate: no header, no checksum.
        guard czlib_inflateInit2(stream, -Int32(windowBits)) == Z_OK else {
            preconditionFailure("zlib has no memory for an inflater")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Appends what `bytes` expand to. `output` holds the message, and may not grow beyond
    /// `maximum`: it never gets room for more than one byte too many, so that a bomb costs no more
    /// memory than a message may.
    mutating func inflate(
        _ bytes: Span<UInt8>,
        into output: inout [UInt8],
        upTo maximum: Int
    ) throws(Violation) {
        var start = 0
        while start < bytes.count {
            // zlib counts in 32 bits.
            let end = min(start + 1 << 20, bytes.count)
            let status = bytes.extracting(start..<end).withUnsafeBufferPointer { input in
                inflate(input, into: &output, upTo: maximum)
            }
            if let violation = status { throw violation }
            start = end
        }
    }

    /// Ends the message: what its sender cut off is put back.
    mutating func finishMessage(into output: inout [UInt8], upTo maximum: Int) throws(Violation) {
        try inflate(Self.tail.span, into: &output, upTo: maximum)
        // 128: between two blocks, no bits left over. Anything else, and the tail was swallowed by
        // a block that should have ended before.
        guard stream.pointee.data_type == 128 else {
            throw Violation(.invalidPayload, "The compressed message is cut off")
        }
    }

    private mutating func inflate(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: inout [UInt8],
        upTo maximum: Int
    ) -> Violation? {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
            // Room for one byte too many shows the difference between full and too big. Growth is
            // geometric, beginning with a usual ratio.
            let step = max(input.count &* 4, 512, output.count)
            let status = grow(&output, by: min(step, maximum - output.count + 1))
            switch status {
            case Z_OK, Z_BUF_ERROR:
                break
            case Z_STREAM_END:
                // The peer marked a block as its last (RFC 7692, section 7.2.3.4): window stays.
                inflateResetKeep(stream)
            default:
                return Violation(.invalidPayload, "The message can't be decompressed")
            }
            guard output.count <= maximum else { return MessageReader.tooBig }
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
        return nil
    }

    private func grow(_ output: inout [UInt8], by room: Int) -> Int32 {
        var status = Z_OK
        output.append(addingCapacity: room) { span in
            span.withUnsafeMutableBufferPointer { buffer, initializedCount in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(clamping: room)
                let offered = stream.pointee.avail_out
                status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                initializedCount = Int(offered - stream.pointee.avail_out)
            }
        }
        return status
    }
}
