import CRDT
import Testing

/// A stranger's bytes never trap, never take what they did not bring, and leave nothing behind
/// when they are refused.
@Suite("Hostile updates")
struct HostileUpdateTests {
    @Test("Each is refused or handled as the format's notes say", arguments: HostileUpdate.all)
    func outcome(_ hostile: HostileUpdate) throws {
        let document = try Self.someDocument()
        let before = DocumentTraces(document)
        switch hostile.outcome {
        case .refused:
            #expect(throws: YDecodingError.self) { try take(hostile, into: document) }
            #expect(DocumentTraces(document) == before)
        case .refusedAs(let reason):
            #expect(throws: reason) { try take(hostile, into: document) }
            #expect(DocumentTraces(document) == before)
        case .taken(let text):
            let fresh = YDocument()
            try take(hostile, into: fresh)
            #expect(fresh.text("t") == text)
            // What is taken must come back: the document encodes and loads again.
            let copy = YDocument()
            copy.apply(try YUpdate(v1: fresh.encodeStateV1()))
            #expect(copy.text("t") == text)
            #expect(copy.stateVector == fresh.stateVector)
        }
    }

    private func take(_ hostile: HostileUpdate, into document: YDocument) throws {
        let update =
            hostile.version == 2
            ? try YUpdate(v2: hostile.bytes) : try YUpdate(v1: hostile.bytes)
        try document.validate(update)
        document.apply(update)
    }

    /// One that has some of everything, and something that waits.
    static func someDocument() throws -> YDocument {
        let document = YDocument()
        for (number, golden) in GoldenUpdate.all.enumerated() where number % 3 == 1 {
            document.apply(try YUpdate(v1: golden.v1))
        }
        document.apply(try YUpdate(v1: Hex.bytes("0101 0905 84 0904 0163 00")))
        return document
    }

    @Test(
        "Every beginning of an update is refused, or taken without harm",
        arguments: GoldenUpdate.all + [.withHole]
    )
    func beginnings(_ golden: GoldenUpdate) throws {
        for length in 0..<golden.v1.count {
            // No beginning of a v1 update is an update: its end is part of it.
            #expect(throws: YDecodingError.truncated) {
                _ = try YUpdate(v1: Array(golden.v1[..<length]))
            }
        }
        for length in 0..<golden.v2.count {
            guard let update = try? YUpdate(v2: Array(golden.v2[..<length])) else { continue }
            let document = YDocument()
            if (try? document.validate(update)) != nil { document.apply(update) }
            _ = document.encodeStateV2(includingPending: true)
        }
    }

    @Test("Every beginning of a state vector is refused")
    func vectorBeginnings() {
        let bytes = Hex.bytes("03 0901 048007 0105")
        for length in 0..<bytes.count {
            #expect(throws: YDecodingError.self) {
                _ = try YStateVector(bytes: Array(bytes[..<length]))
            }
        }
        for hex in ["01 8080808080808010 01", "ffffffffffffff0f", "01 01 ffffffffffffffff7f"] {
            #expect(throws: YDecodingError.self) { _ = try YStateVector(bytes: Hex.bytes(hex)) }
        }
    }

    @Test("Values as deep as the limit are read, and one deeper are not")
    func depth() throws {
        let head = Hex.bytes("01010100 08 010161 01")
        func nested(_ depth: Int) -> [UInt8] {
            head + Array(repeating: [117, 1], count: depth).flatMap(\.self) + [126, 0]
        }
        let limit = YLimits.server.depthMaximum
        #expect(throws: Never.self) { _ = try YUpdate(v1: nested(limit - 1)) }
        #expect(throws: YDecodingError.tooDeep) { _ = try YUpdate(v1: nested(limit + 1)) }
    }

    @Test("A few bytes of runs do not become millions of structs")
    func runs() {
        // One client's 2^31 GC structs of length 1, as runs in the columns of info and of lengths.
        let lengths = Hex.bytes("41feffffff07")
        let bytes =
            Hex.bytes("00 00 01 01 00 00 01 00 01 00 00 00") + [UInt8(lengths.count)] + lengths
            + Hex.bytes("01 8080808008 00 00")
        #expect(throws: YDecodingError.self) { _ = try YUpdate(v2: bytes) }
    }

    @Test("More than may wait is refused, and what waited before still waits")
    func pendingLimits() throws {
        var limits = YLimits()
        limits.pendingStructsMaximum = 10
        limits.pendingRangesMaximum = 10
        let document = YDocument(options: YDocumentOptions(limits: limits))
        var waiting: [YUpdate] = []
        for client in UInt8(1)...30 {
            waiting.append(try YUpdate(v1: [1, 1, client, 5, 0x84, client, 4, 1, 0x61, 0]))
        }
        var taken = 0
        for update in waiting {
            let before = DocumentTraces(document)
            do {
                try document.validate(update)
                document.apply(update)
                taken += 1
            } catch {
                #expect(error == .tooMuchPending)
                #expect(DocumentTraces(document) == before)
            }
        }
        #expect(taken > 0 && taken <= 10)
        var ranges: [UInt8] = [0, 1, 77, 30]
        for number in UInt8(0)..<30 { ranges += [number * 2 + 1, 1] }
        let update = try YUpdate(v1: ranges)
        #expect(throws: YDecodingError.tooMuchPending) { try document.validate(update) }
    }

    @Test("A document takes no more bytes than its limit")
    func documentLimit() throws {
        var limits = YLimits()
        limits.documentBytesMaximum = 1000
        let document = YDocument(options: YDocumentOptions(limits: limits))
        var clock = 0
        for _ in 0..<40 {
            let head: [UInt8] =
                clock == 0
                ? [1, 1, 1, 0, 4, 1, 1, 0x74, 100]
                : [1, 1, 1] + Self.integer(clock) + [0x84, 1]
                    + Self.integer(clock - 1) + [100]
            let update = try YUpdate(v1: head + [UInt8](repeating: 0x61, count: 100) + [0])
            do {
                try document.validate(update)
                document.apply(update)
                clock += 100
            } catch {
                #expect(error == .documentTooLarge)
                break
            }
        }
        #expect(clock > 0 && clock <= 1000)
    }

    private static func integer(_ number: Int) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number & 127 | 128), UInt8(number >> 7)]
    }
}
