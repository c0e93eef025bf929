import WebSocket

/// A client that asks the hub in the native protocol and is told the answers, each once.
final class Customer: WireListener {
    /// What the hub said to one command.
    struct Answer {
        let isOK: Bool
        /// The whole reply, as it came.
        let text: [UInt8]

        /// A string field's value that has no escapes in it.
        func string(_ name: String) -> String? {
            var finder = FieldFinder("\"\(name)\":\"")
            guard let start = finder.end(in: text.span) else { return nil }
            let end = text[start...].firstIndex(of: UInt8(ascii: "\"")) ?? text.endIndex
            return String(decoding: text[start..<end], as: UTF8.self)
        }

        func int(_ name: String) -> Int? {
            var finder = FieldFinder("\"\(name)\":")
            guard let start = finder.end(in: text.span) else { return nil }
            let digits = text[start...].prefix { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
            return Int(String(decoding: digits, as: UTF8.self))
        }
    }

    typealias Completion = (Answer, _ nanoseconds: Int64) -> Void

    let number: Int
    private let name: String
    private let masks: MaskSupply
    private let violations: Violations
    private var wire: Wire?
    private var waiting: [Int: (sentAt: Int64, completion: Completion)] = [:]
    private var lastID = 0
    private var mayEnd = false

    init(number: Int, name: String, masks: MaskSupply, violations: Violations) {
        self.number = number
        self.name = name
        self.masks = masks
        self.violations = violations
    }

    var isConnected: Bool { wire?.isOpen ?? false }
    var unanswered: Int { waiting.count }

    func connect(_ scenario: some LoopActor, _ dialer: Dialer) throws(LoadFailure) {
        let wire = Wire(listener: self, masks: masks)
        self.wire = wire
        try wire.open(dialer, number: number, target: "/ws?name=\(name)", on: scenario.loop)
    }

    /// - Parameter data: The fields of `data`, without the braces.
    func ask(
        _ action: String,
        _ topic: String,
        _ data: String = "",
        key: String? = nil,
        _ completion: @escaping Completion
    ) {
        lastID += 1
        waiting[lastID] = (Clock.now(), completion)
        let key = key.map { ",\"key\":\"\($0)\"" } ?? ""
        wire?.send(
            Array(
                ("{\"id\":\(lastID),\"action\":\"\(action)\",\"topic\":\"\(topic)\"\(key)"
                    + ",\"data\":{\(data)}}").utf8
            )
        )
    }

    func cut() {
        mayEnd = true
        wire?.cut()
    }

    func wireOpened(_ wire: Wire) {}

    func wire(_ wire: Wire, received text: Span<UInt8>, at now: Int64) {
        guard text.count > 2 else { return }
        guard text[0] == UInt8(ascii: "[") else { return take(text, now) }
        var objects = ObjectSplitter()
        while let range = objects.next(in: text) { take(text.extracting(range), now) }
    }

    /// `{"id":17,"ok":{…}}` or `{"id":17,"error":{…}}`; events have no id.
    private func take(_ text: Span<UInt8>, _ now: Int64) {
        guard text.count > 8, text[2] == UInt8(ascii: "i") else { return }
        var id = 0
        var place = 6
        while place < text.count, (48...57).contains(text[place]), place < 20 {
            id = id &* 10 &+ Int(text[place] &- 48)
            place += 1
        }
        guard place + 2 < text.count, let asked = waiting.removeValue(forKey: id) else {
            return violations.add("\(name) was answered what it didn't ask")
        }
        let answer = Answer(
            isOK: text[place + 2] == UInt8(ascii: "o"),
            text: [UInt8](copying: text)
        )
        asked.completion(answer, now - asked.sentAt)
    }

    func wire(_ wire: Wire, failed explanation: String) {
        if !mayEnd { violations.add("\(name): \(explanation)") }
        mayEnd = true
    }

    func wireEnded(_ wire: Wire, _ reason: String) {
        if !mayEnd { violations.add("\(name)'s connection ended: \(reason)") }
        self.wire = nil
    }
}
