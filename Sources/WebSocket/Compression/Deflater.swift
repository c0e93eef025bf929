import CZlib

/// Compression of outgoing messages: RFC 7692, section 7.2.1.
///
/// One that forgets after each message (`keepsContext` false) serves any number of connections, and
/// its messages may be sent to all of them: one for each event loop is enough, and a broadcast is
/// compressed once. One that remembers belongs to one connection and must see every compressed
/// message sent there.
///
/// It owns about 256 KB at full size. The pointers here go to zlib and no further.
package struct Deflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private let keepsContext: Bool

    /// - Parameters:
    ///   - windowBits: the base-two logarithm of the window, 8 to 15.
    ///   - level: 1, fastest, to 9, smallest.
    ///   - memoryLevel: 1 to 9; a small one makes beginning anew cheap, which short messages feel.
    package init(
        windowBits: UInt8 = 15,
        keepsContext: Bool = false,
        level: Int32 = 6,
        memoryLevel: Int32 = 8
    ) {
        precondition((8...15).contains(windowBits), "A window has 8 to 15 bits")
        self.keepsContext = keepsContext
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // zlib has no raw window of 8 bits. One of 9 does: zlib never looks back further than the
        // window less the longest match and its neighbours, 512 - 262 = 250 bytes, which a window
        // of 256 holds.
        let bits = -Int32(max(windowBits, 9))
        guard czlib_deflateInit2(stream, level, bits, memoryLevel) == Z_OK else {
            preconditionFailure("zlib has no memory for a deflater, or its settings are wrong")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// The payload of a message's frame with RSV1 set.
    package mutating func compressed(_ payload: Span<UInt8>) -> [UInt8] {
        // Flushing twice with nothing between writes nothing, so the empty message is spelled out
        // (RFC 7692, section 7.2.3.6).
        guard !payload.isEmpty else { return [0x00] }
        precondition(payload.count <= UInt32.max, "zlib counts in 32 bits")

        var output: [UInt8] = []
        let bound = Int(deflateBound(stream, UInt(payload.count))) + 16
        payload.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                grow(&output, by: bound)
            } while stream.pointee.avail_out == 0
        }
        output.removeLast(Inflater.tail.count)
        if !keepsContext {
            deflateReset(stream)
        }
        return output
    }

    private func grow(_ output: inout [UInt8], by room: Int) {
        output.append(addingCapacity: room) { span in
            span.withUnsafeMutableBufferPointer { buffer, initializedCount in
                let offered = UInt32(clamping: room)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = offered
                guard deflate(stream, Z_SYNC_FLUSH) != Z_STREAM_ERROR else {
                    preconditionFailure("zlib's stream is broken")
                }
                initializedCount = Int(offered - stream.pointee.avail_out)
            }
        }
    }
}
