import Testing

@testable import LoadTest

/// If these fail, a load test is deaf to some of what the hub says, and calls it lost.
struct HubTongueTests {
    private let content = String(
        decoding: Stamp(publisher: 3, sequence: 9, nanoseconds: 5).content(),
        as: UTF8.self
    )

    private func hear(_ text: String, _ tongue: HubTongue = HubTongue()) -> [String] {
        var heard: [String] = []
        tongue.read(Array(text.utf8).span) { heard.append("\($0)") }
        return heard
    }

    private func message(_ position: String) -> String {
        #"{"topic":"room:x","event":"message","position":"\#(position)","at":1,"by":"p","#
            + #""data":{"id":"7","content":"\#(content)","type":"text"}}"#
    }

    @Test("A message, another record and a reply are told apart")
    func kinds() {
        let tongue = HubTongue()
        let stamp = Stamp(publisher: 3, sequence: 9, nanoseconds: 5)
        #expect(hear(message("k3:42"), tongue) == ["\(Heard.delivered(position: 42, stamp))"])
        let pin = #"{"topic":"room:x","event":"message_pinned","position":"k3:43","data":{}}"#
        #expect(hear(pin, tongue) == ["\(Heard.passed(position: 43))"])
        let joined = #"{"id":1,"ok":{"position":"k3:41","epoch":"k3"}}"#
        #expect(hear(joined, tongue) == ["\(Heard.joined(epoch: "k3", position: 41))"])
        let posted = #"{"id":21,"ok":{"position":"k3:44","messageId":"8"}}"#
        #expect(hear(posted, tongue) == ["\(Heard.acknowledged(id: 5, position: 44))"])
        let refused = #"{"id":21,"error":{"code":"busy"}}"#
        #expect(hear(refused, tongue) == ["\(Heard.refused(id: 5))"])
        #expect(hear(#"{"event":"lagging","topic":"room:x"}"#, tongue) == ["\(Heard.lagging)"])
    }

    @Test("Each object of an array is heard, whatever stands in its strings")
    func batches() {
        let odd = #"{"event":"typing","data":{"userId":"}\"]{"}}"#
        let text = "[\(message("a:1")), \(odd),\(message("a:2"))]"
        #expect(hear(text).count == 2)
        #expect(hear("[]").isEmpty)
    }

    @Test("What is cut off or is no JSON is passed over")
    func nonsense() {
        let whole = message("k3:42")
        for count in 0..<whole.utf8.count {
            _ = hear(String(decoding: whole.utf8.prefix(count), as: UTF8.self))
        }
        #expect(hear("{\"id\":").isEmpty)
        #expect(hear("[[[[{{{{").isEmpty)
    }

    @Test("Keys are ULIDs that rise with time and don't repeat")
    func keys() {
        var keys = KeySource(seed: 1, startingAt: 1_700_000_000_000)
        let all = (0..<1000).map { _ in keys.next() }
        #expect(all.allSatisfy { $0.utf8.count == 26 })
        #expect(Set(all).count == 1000)
        let times = all.map { String($0.prefix(10)) }
        #expect(times == times.sorted())
        #expect(Set(times).count > 1)
    }
}
