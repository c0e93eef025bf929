import CRDT
import Testing

/// The second format.
struct ColumnTests {
    @Test(
        "Both formats say the same",
        arguments: [
            (
                "01010100040101740361626300",
                "000001010000010407047461626301030101000001010000"
            ),
            (
                "010301000401017401618101000184010101630101010101",
                "0000024101020002000504008100840603746163410101010001010103000101010100"
            ),
            (
                "010201002101016d016b01a80100017d020101010001",
                "0000024100010000032100a805026d6b41000101000241000102007d020101010000"
            ),
            (
                "010301000401017401610a01840101016300",
                "00000241000102000504000a008406037461634101010100000103000100"
            ),
            (
                "010401000601017404626f6c64047472756584010002616286010204626f6c64046e756c"
                    + "6c850103097b22696d67223a317d00",
                "0002000202410203000402000706008400860085100b74626f6c646162626f6c64010402"
                    + "0401010000010400787e760103696d677d0100"
            ),
            ("0000", "00000000000001000000000000"),
        ]
    )
    func formats(rows: String, columns: String) throws {
        let first = Hex.bytes(rows)
        let second = Hex.bytes(columns)
        #expect(try YUpdate(v1: first).encodedV2() == second)
        #expect(try YUpdate(v2: second).encodedV1() == first)
    }

    @Test("What this server wrote it reads, however little the runs made of it")
    func smallRuns() throws {
        // An array of that many empty maps, one behind the other.
        let count = 70_000
        var bytes: [UInt8] = [1]
        Self.append(UInt64(count), to: &bytes)
        bytes += [1, 0, 0x07, 1, 1, UInt8(ascii: "a"), 1]
        for clock in 1..<count {
            bytes += [0x87, 1]
            Self.append(UInt64(clock - 1), to: &bytes)
            bytes.append(1)
        }
        bytes.append(0)
        let document = YDocument()
        document.apply(try YUpdate(v1: bytes))
        let state = document.encodeStateV2(includingPending: true)
        #expect(state.count < 1000)
        let read = try YUpdate(v2: state, limits: .storage)
        #expect(read.encodedV1() == document.encodeStateV1())
        #expect(throws: YDecodingError.self) { try YUpdate(v2: state) }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
