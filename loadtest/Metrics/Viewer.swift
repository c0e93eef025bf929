import Reactor
import WebSocket

/// A client that watches streams in the native protocol.
final class Viewer: WireListener {
    private let number: Int
    private let streams: [Int]
    private let tally: ViewingTally
    private let masks: MaskSupply
    private var wire: Wire?
    private var joined = 0
    /// How many samples it has seen of each stream while that was counted.
    private var seen: [Int: Int] = [:]
    private var mayEnd = false
    private var topic = FieldFinder("\"topic\":\"stream:watched_")
    private var samples = FieldFinder("\"samples\":[")

    init(number: Int, streams: [Int], tally: ViewingTally, masks: MaskSupply) {
        self.number = number
        self.streams = streams
        self.tally = tally
        self.masks = masks
    }

    var hasJoined: Bool { joined == streams.count }

    func connect(on loop: EventLoop, _ dialer: Dialer) throws(LoadFailure) {
        let wire = Wire(listener: self, masks: masks)
        self.wire = wire
        try wire.open(dialer, number: number, target: "/ws?name=v\(number)", on: loop)
    }

    func cut() {
        mayEnd = true
        wire?.cut()
    }

    func wireOpened(_ wire: Wire) {
        for (index, stream) in streams.enumerated() {
            let topic = "stream:\(ViewingTally.name(stream))"
            wire.send(
                Array(
                    ("{\"id\":\(index + 1),\"action\":\"join\",\"topic\":\"\(topic)\","
                        + "\"window\":60000,\"points\":100}").utf8
                )
            )
        }
    }

    func wire(_ wire: Wire, received text: Span<UInt8>, at now: Int64) {
        guard text.count > 8 else { return }
        guard text[0] == UInt8(ascii: "[") else { return take(text, now) }
        var objects = ObjectSplitter()
        while let range = objects.next(in: text) { take(text.extracting(range), now) }
    }

    /// `{"id":1,"ok":{…}}`, or `{"topic":"stream:watched_7","event":"metrics:update",…,
    /// "samples":[[0,1795400000000,1234567]],…}`.
    private func take(_ text: Span<UInt8>, _ now: Int64) {
        if text[2] == UInt8(ascii: "i") {
            joined += 1
            return
        }
        guard let name = topic.end(in: text), let stream = Self.number(text, name)?.value,
            let start = samples.end(in: text)
        else { return }
        var place = start
        while place < text.count, text[place] == UInt8(ascii: "[") {
            guard let id = Self.number(text, place + 1),
                let at = Self.number(text, id.end + 1),
                let value = Self.number(text, at.end + 1)
            else { return tally.violations.add("An update can't be read") }
            if tally.isMeasuring {
                let index = seen[stream, default: 0]
                seen[stream] = index + 1
                tally.noteSample(value.value, of: stream, index: index, at: now)
            }
            place = value.end
            while place < text.count, text[place] != UInt8(ascii: "]") { place += 1 }
            place += 2
        }
    }

    private static func number(_ text: Span<UInt8>, _ start: Int) -> (value: Int, end: Int)? {
        var value = 0
        var place = start
        while place < text.count, (48...57).contains(text[place]), place - start < 18 {
            value = value &* 10 &+ Int(text[place] &- 48)
            place += 1
        }
        return place > start ? (value, place) : nil
    }

    func wire(_ wire: Wire, failed explanation: String) {
        if !mayEnd { tally.violations.add("v\(number): \(explanation)") }
        mayEnd = true
    }

    func wireEnded(_ wire: Wire, _ reason: String) {
        if !mayEnd { tally.violations.add("v\(number)'s connection ended: \(reason)") }
        self.wire = nil
    }
}
