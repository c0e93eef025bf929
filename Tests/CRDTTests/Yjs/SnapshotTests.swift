import CRDT
import Testing

/// Moments of a document.
struct SnapshotTests {
    @Test("A document that keeps deleted content tells what it was")
    func pastState() throws {
        let document = YDocument(options: YDocumentOptions(keepsDeletedContent: true))
        _ = try document.edit(client: 1) { try $0.insert("first 😀 draft", at: 0, in: "t") }
        let snapshot = document.snapshot()
        _ = try document.edit(client: 1) { edit in
            try edit.delete(0..<6, in: "t")
            try edit.insert("!", at: 8, in: "t")
        }
        #expect(document.text("t") == "😀 draft!")
        #expect(document.state(at: snapshot)?.text("t") == "first 😀 draft")
        #expect(try YSnapshot(v1: snapshot.encodedV1()) == snapshot)
    }

    @Test("The bytes of a snapshot are the delete set and the state vector")
    func bytes() throws {
        let bytes = Hex.bytes("0101010001010102")
        let snapshot = try YSnapshot(v1: bytes)
        #expect(snapshot.stateVector[client: 1] == 2)
        #expect(snapshot.deleteSet.contains(client: 1, clock: 0))
        #expect(!snapshot.deleteSet.contains(client: 1, clock: 1))
        #expect(snapshot.encodedV1() == bytes)
    }

    @Test("A document that lets deleted content go tells nothing of its past")
    func collectedPast() throws {
        let document = YDocument()
        _ = try document.edit(client: 1) { try $0.insert("abc", at: 0, in: "t") }
        #expect(document.state(at: document.snapshot()) == nil)
    }
}
