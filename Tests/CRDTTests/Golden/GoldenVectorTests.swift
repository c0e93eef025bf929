import CRDT
import Testing

/// State vectors, snapshots and numbers as Yjs writes them.
@Suite("State vectors and snapshots as Yjs writes them")
struct GoldenVectorTests {
    @Test("A state vector is written again byte for byte")
    func stateVector() throws {
        let vector = try YStateVector(bytes: Hex.bytes("010103"))
        #expect(vector[client: 1] == 3)
        #expect(vector.encoded() == Hex.bytes("010103"))
        #expect(YStateVector().encoded() == [0])
    }

    @Test("Clients are written from the highest on, and read in any order")
    func order() throws {
        let vector = try YStateVector(bytes: Hex.bytes("03 0105 0901 0407"))
        #expect(vector.encoded() == Hex.bytes("03 0901 0407 0105"))
    }

    @Test(
        "Integers have seven bits a byte",
        arguments: [
            (UInt64(127), "7f"), (128, "8001"), (16384, "808001"), (4_294_967_295, "ffffffff0f"),
            (9_007_199_254_740_991, "ffffffffffffff0f"),
        ]
    )
    func integers(_ number: UInt64, _ hex: String) throws {
        let bytes = Hex.bytes("01" + hex + "01")
        let vector = try YStateVector(bytes: bytes)
        #expect(vector[client: number] == 1)
        #expect(vector.encoded() == bytes)
    }

    @Test("An integer may be longer than it needs to be")
    func overlong() throws {
        #expect(try YStateVector(bytes: Hex.bytes("01 8100 8380808000"))[client: 1] == 3)
    }

    @Test(
        "Signed integers have six bits in their first byte",
        arguments: [
            (0, "00"), (-1, "41"), (63, "3f"), (64, "8001"), (-64, "c001"), (8191, "bf7f"),
            (8192, "808001"), (-8192, "c08001"),
        ]
    )
    func signedIntegers(_ number: Int, _ hex: String) throws {
        let bytes = Hex.bytes("01010100080101610 17d" + hex + "00")
        let update = try YUpdate(v1: bytes)
        let document = YDocument()
        document.apply(update)
        let read = Canonical(precision: .exact).text(of: document.json("a", as: .array))
        #expect(read == "[\(number)]")
        #expect(document.encodeStateV1() == bytes)
    }

    @Test("What an update lets one know ends at its first hole")
    func vectorOfUpdate() throws {
        let update = try YUpdate(v1: GoldenUpdate.withHole.v1)
        #expect(update.stateVector.clocks == [1: 1])
        #expect(update.clients == [1])
        let later = try YUpdate(v1: Hex.bytes("01010102 8401010163 00"))
        #expect(later.stateVector.isEmpty)
    }

    @Test("A snapshot is the delete set and the state vector")
    func snapshot() throws {
        let bytes = Hex.bytes("01 01 01 00 01 01 01 02")
        let snapshot = try YSnapshot(v1: bytes)
        #expect(snapshot.stateVector.clocks == [1: 2])
        #expect(!snapshot.deleteSet.isEmpty)
        #expect(snapshot.encodedV1() == bytes)
    }

    @Test("Our own first edit is the bytes that Yjs would write")
    func edits() throws {
        let document = YDocument()
        let insertion = try document.edit(client: 1) { (edit: inout YEdit) throws(YEditError) in
            try edit.insert("abc", at: 0, in: "t")
        }
        #expect(insertion == Hex.bytes("01010100040101740361626300"))
        let deletion = try document.edit(client: 1) { (edit: inout YEdit) throws(YEditError) in
            try edit.delete(1..<2, in: "t")
        }
        #expect(deletion == Hex.bytes("000101010101"))
        #expect(
            document.encodeStateV1()
                == Hex.bytes("010301000401017401618101000184010101630101010101")
        )
        let nothing = try document.edit(client: 1) { (edit: inout YEdit) throws(YEditError) in
            try edit.delete(0..<0, in: "t")
        }
        #expect(nothing == nil)
    }
}
