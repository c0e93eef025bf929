import Testing
import WebSocket

@testable import LoadTest

/// If these fail, losses, repeats and disorder go unnoticed: the load tests prove nothing.
struct MemberTests {
    private final class RecordingListener: MemberListener {
        var violations: [String] = []
        var joins = 0
        func memberJoined(_ member: Member) { joins += 1 }
        func memberEnded(_ member: Member, _ reason: String) {}
        func violated(_ sentence: String) { violations.append(sentence) }
    }

    /// Feeds a member with (position, sequence) pairs after a join at 10.
    private func violations(_ deliveries: [(Int, UInt32)]) -> Int {
        let listener = RecordingListener()
        let masks = MaskSupply(seed: 1)
        let member = Member(
            number: 1,
            role: .reader,
            tongue: HubTongue(),
            masks: masks,
            listener: listener
        )
        let wire = Wire(listener: member, masks: masks)
        feed(#"{"id":1,"ok":{"position":"e:10"}}"#, to: member, wire)
        for (position, sequence) in deliveries {
            let stamp = Stamp(publisher: 0, sequence: sequence, nanoseconds: 0)
            let content = String(decoding: stamp.content(), as: UTF8.self)
            feed(
                #"{"topic":"room:x","event":"message","position":"e:\#(position)","data":"#
                    + #"{"content":"\#(content)"}}"#,
                to: member,
                wire
            )
        }
        #expect(listener.joins == 1)
        return listener.violations.count
    }

    private func feed(_ text: String, to member: Member, _ wire: Wire) {
        member.wire(wire, received: Array(text.utf8).span, at: 0)
    }

    @Test("What comes complete and in order is accepted")
    func order() {
        #expect(violations([(11, 1), (12, 2), (13, 3)]) == 0)
    }

    @Test("A gap, a repeat and a reversal are violations")
    func disorder() {
        #expect(violations([(11, 1), (13, 3)]) > 0)
        #expect(violations([(11, 1), (11, 1)]) > 0)
        #expect(violations([(12, 2), (11, 1)]) > 0)
    }

    @Test("Dense positions don't hide a post that is there twice or not at all")
    func sequences() {
        #expect(violations([(11, 1), (12, 1)]) == 1)
        #expect(violations([(11, 1), (12, 3)]) == 1)
    }

    @Test("A member that reads all has joined when it has caught up")
    func catchUp() {
        let listener = RecordingListener()
        let masks = MaskSupply(seed: 1)
        let member = Member(
            number: 1,
            role: .reader,
            tongue: HubTongue(),
            masks: masks,
            readsAll: true,
            listener: listener
        )
        let wire = Wire(listener: member, masks: masks)
        feed(#"{"id":1,"ok":{"position":"e:2"}}"#, to: member, wire)
        #expect(!member.isJoined)
        feed(#"{"topic":"room:x","event":"room_created","position":"e:1"}"#, to: member, wire)
        #expect(!member.isJoined)
        feed(#"{"topic":"room:x","event":"room_updated","position":"e:2"}"#, to: member, wire)
        #expect(member.isJoined)
        #expect(listener.violations.isEmpty)
    }
}
