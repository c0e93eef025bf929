import CRDT
import Testing

/// Bytes that Yjs wrote: whoever reads or writes them otherwise does not speak its language.
@Suite("Updates as Yjs writes them")
struct GoldenUpdateTests {
    @Test(
        "A v1 update is written again byte for byte",
        arguments: GoldenUpdate.all + [.withHole]
    )
    func rewritesV1(_ golden: GoldenUpdate) throws {
        #expect(try YUpdate(v1: golden.v1).encodedV1() == golden.v1)
    }

    @Test(
        "A v2 update is written again byte for byte",
        arguments: GoldenUpdate.all + [.withHole]
    )
    func rewritesV2(_ golden: GoldenUpdate) throws {
        #expect(try YUpdate(v2: golden.v2).encodedV2() == golden.v2)
    }

    @Test(
        "Each format becomes the other byte for byte",
        arguments: GoldenUpdate.all + [.withHole]
    )
    func converts(_ golden: GoldenUpdate) throws {
        #expect(try YUpdate(v1: golden.v1).encodedV2() == golden.v2)
        #expect(try YUpdate(v2: golden.v2).encodedV1() == golden.v1)
    }

    @Test("A document tells what was put into it, byte for byte", arguments: GoldenUpdate.all)
    func statesItself(_ golden: GoldenUpdate) throws {
        for update in [try YUpdate(v1: golden.v1), try YUpdate(v2: golden.v2)] {
            let document = YDocument()
            try document.validate(update)
            let change = document.apply(update)
            #expect(change.isChanged == !update.isEmpty)
            #expect(change.missing == nil)
            #expect(document.encodeStateV1() == golden.v1)
            #expect(document.encodeStateV2() == golden.v2)
        }
    }

    @Test("A document reads as Yjs reads it", arguments: GoldenUpdate.all)
    func readsAlike(_ golden: GoldenUpdate) throws {
        let document = YDocument()
        document.apply(try YUpdate(v1: golden.v1))
        for (root, view, text) in golden.reading {
            #expect(view.canonical(root, of: document) == text)
        }
    }

    @Test("A hole keeps back what comes after it until it is filled")
    func holdsBack() throws {
        let document = YDocument()
        let update = try YUpdate(v1: GoldenUpdate.withHole.v1)
        try document.validate(update)
        let change = document.apply(update)
        #expect(document.text("t") == "a")
        #expect(document.pendingSize > 0)
        #expect(change.missing?[client: 1] == 1)
        #expect(document.stateVector[client: 1] == 1)
        #expect(document.encodeStateV1() == Hex.bytes("0101010004010174016100"))
        let filling = try YUpdate(v1: Hex.bytes("01010101 8401000162 00"))
        #expect(document.apply(filling).missing == nil)
        #expect(document.text("t") == "abc")
        #expect(document.pendingSize == 0)
    }

    @Test("What is held back is handed on when asked for")
    func handsOnPending() throws {
        let document = YDocument()
        document.apply(try YUpdate(v1: GoldenUpdate.withHole.v1))
        let filling = try YUpdate(v1: Hex.bytes("01010101 8401000162 00"))
        for bytes in [
            document.encodeStateV1(includingPending: true),
            try YUpdate(v2: document.encodeStateV2(includingPending: true)).encodedV1(),
        ] {
            let other = YDocument()
            other.apply(try YUpdate(v1: bytes))
            other.apply(filling)
            #expect(other.text("t") == "abc")
        }
    }

    @Test("Merging leaves a hole where something is missing")
    func merges() throws {
        let first = try YUpdate(v1: Hex.bytes("0101010004010174016100"))
        let third = try YUpdate(v1: Hex.bytes("01010102 8401010163 00"))
        for merged in [YUpdate.merge([first, third]), YUpdate.merge([third, first, third])] {
            #expect(merged.encodedV1() == GoldenUpdate.withHole.v1)
            #expect(merged.encodedV2() == GoldenUpdate.withHole.v2)
        }
        #expect(YUpdate.merge([]).encodedV1() == [0, 0])
        let second = try YUpdate(v1: Hex.bytes("01010101 8401000162 00"))
        let document = YDocument()
        document.apply(YUpdate.merge([third, second, first]))
        #expect(document.text("t") == "abc")
    }

    @Test("A difference begins in the middle of a struct")
    func differs() throws {
        let update = try YUpdate(v1: Hex.bytes("01010100040101740361626300"))
        let known = try YStateVector(bytes: Hex.bytes("010101"))
        let difference = update.difference(from: known)
        #expect(difference.encodedV1() == Hex.bytes("0101010184010002626300"))
        #expect(
            difference.encodedV2()
                == Hex.bytes("00000241000100000184040262630200000001010100")
        )
        let document = YDocument()
        document.apply(update)
        #expect(document.encodeStateV1(since: known) == Hex.bytes("0101010184010002626300"))
        #expect(document.encodeStateV1(since: document.stateVector) == [0, 0])
    }

    @Test("A difference always has the whole delete set")
    func keepsDeletions() throws {
        let update = try YUpdate(
            v1: Hex.bytes("010301000401017401618101000184010101630101010101")
        )
        var known = YStateVector()
        known[client: 1] = 3
        #expect(update.difference(from: known).encodedV1() == Hex.bytes("000101010101"))
    }
}
