import Testing

@testable import WebSocket

@Suite("Frame headers, read")
struct FrameParserTests {
    private static let headers: [FrameHeader] = {
        var headers: [FrameHeader] = []
        for count in [0, 1, 125, 126, 65_535, 65_536, 1 << 40, Int.max] {
            headers.append(FrameHeader(.text, payloadByteCount: count))
            headers.append(
                FrameHeader(
                    .binary,
                    payloadByteCount: count,
                    isFinal: false,
                    isCompressed: true,
                    maskingKey: MaskingKey(0xDEAD_BEEF)
                )
            )
        }
        return headers
    }()

    @Test("A header reads as it was written, wherever it is cut", arguments: headers)
    func everyCut(header: FrameHeader) throws {
        var bytes: [UInt8] = []
        header.append(to: &bytes)
        bytes.append(0x55)
        for cut in 0..<bytes.count {
            var parser = FrameParser(for: header.maskingKey == nil ? .client : .server)
            var offset = 0
            var found = try parser.next(in: Array(bytes[..<cut]), at: &offset)
            if found == nil {
                #expect(offset == cut)
                found = try parser.next(in: bytes, at: &offset)
            }
            #expect(found == header)
            #expect(offset == bytes.count - 1, "The byte behind the header is left alone")
        }
    }

    @Test("A header reads as it was written when every byte comes alone", arguments: headers)
    func byteByByte(header: FrameHeader) throws {
        var bytes: [UInt8] = []
        header.append(to: &bytes)
        var parser = FrameParser(for: header.maskingKey == nil ? .client : .server)
        for (index, byte) in bytes.enumerated() {
            var offset = 0
            let found = try parser.next(in: [byte], at: &offset)
            #expect(found == (index == bytes.count - 1 ? header : nil))
        }
    }

    /// Bytes that are wrong, to the byte that makes them so.
    private static let wrong: [(why: String, endpoint: Endpoint, bytes: [UInt8])] = [
        ("RSV2", .client, [0xA1]),
        ("RSV3", .client, [0x91]),
        ("RSV1 on a continuation", .client, [0xC0]),
        ("RSV1 on a close", .client, [0xC8]),
        ("RSV1 on a ping", .client, [0xC9]),
        ("RSV1 on a pong", .client, [0xCA]),
        ("a fragmented close", .client, [0x08]),
        ("a fragmented ping", .client, [0x09]),
        ("a fragmented pong", .client, [0x0A]),
        ("a client's frame without a mask", .server, [0x81, 0x05]),
        ("a server's frame with a mask", .client, [0x81, 0x85]),
        ("a ping of 126", .client, [0x89, 0x7E]),
        ("a close of 127", .server, [0x88, 0xFF]),
        ("125 in two bytes", .client, [0x82, 0x7E, 0x00, 0x7D]),
        ("0 in two bytes", .server, [0x82, 0xFE, 0x00, 0x00]),
        ("65535 in eight bytes", .client, [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        ("the top bit", .client, [0x82, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        ("all bits", .client, [0x82, 0x7F] + [UInt8](repeating: 0xFF, count: 8)),
    ]

    @Test("What is wrong is refused at the byte that makes it wrong", arguments: wrong.indices)
    func violations(index: Int) throws {
        let (why, endpoint, bytes) = Self.wrong[index]
        var parser = FrameParser(for: endpoint)
        for byte in bytes.dropLast() {
            var offset = 0
            let found = try parser.next(in: [byte], at: &offset)
            #expect(found == nil, "\(why)")
        }
        do {
            var offset = 0
            _ = try parser.next(in: Array(bytes.suffix(1)), at: &offset)
            Issue.record("\(why) passed")
        } catch {
            #expect(error.code == .protocolError, "\(why)")
        }
    }

    @Test("Every reserved opcode is refused", arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
    func reservedOpcodes(opcode: UInt8) {
        #expect(record([0x80 | opcode, 0x00]) == [.violation(.protocolError)])
        #expect(record([opcode]) == [.violation(.protocolError)])
    }
}
