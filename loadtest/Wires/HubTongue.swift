import WebSocket

/// The hub's native protocol, read by looking for the few fields that a load test needs.
final class HubTongue: Tongue {
    /// The id of every join; posts have larger ones.
    static let joinID = 1
    /// What is added to a post's id.
    static let postIDs = 16

    let opcode = Opcode.text
    let introduction: [UInt8]? = nil
    private let roomPrefix: String
    /// Idempotency keys rise with time, as ULIDs do; nil: posts have none.
    private var keys: KeySource?
    private var eventPosition = FieldFinder("\"position\":\"")
    private var replyPosition = FieldFinder("\"position\":\"")
    private var content = FieldFinder("\"content\":\"L:")

    init(roomPrefix: String = "load-", keys: KeySource? = nil) {
        self.roomPrefix = roomPrefix
        self.keys = keys
    }

    func topic(_ room: Int) -> String { "room:\(roomPrefix)\(room)" }

    func target(of number: Int, room: Int, isPublisher: Bool) -> String {
        "/ws?name=\(isPublisher ? "p" : "m")\(number)"
    }

    func join(room: Int, since: String?) -> [UInt8]? {
        let since = since.map { ",\"since\":\"\($0)\"" } ?? ""
        let id = Self.joinID
        return Array("{\"id\":\(id),\"action\":\"join\",\"topic\":\"\(topic(room))\"\(since)}".utf8)
    }

    func post(_ content: [UInt8], to room: Int, id: Int) -> [UInt8] {
        post(content, to: room, id: id, key: keys?.next())
    }

    func post(_ content: [UInt8], to room: Int, id: Int, key: String?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 128)
        bytes.append(contentsOf: "{\"id\":\(id + Self.postIDs),\"action\":\"post\"".utf8)
        bytes.append(contentsOf: ",\"topic\":\"\(topic(room))\"".utf8)
        if let key { bytes.append(contentsOf: ",\"key\":\"\(key)\"".utf8) }
        bytes.append(contentsOf: ",\"data\":{\"content\":\"".utf8)
        bytes.append(contentsOf: content)
        bytes.append(contentsOf: "\"}}".utf8)
        return bytes
    }

    func read(_ text: Span<UInt8>, _ hear: (Heard) -> Void) {
        guard text.count > 2 else { return }
        guard text[0] == UInt8(ascii: "[") else { return readObject(text, hear) }
        var objects = ObjectSplitter()
        while let range = objects.next(in: text) { readObject(text.extracting(range), hear) }
    }

    private func readObject(_ text: Span<UInt8>, _ hear: (Heard) -> Void) {
        guard text.count > 6 else { return }
        if text[2] == UInt8(ascii: "i") { return readReply(text, hear) }
        guard let place = eventPosition.end(in: text) else {
            if text.count < 200, Self.contains("\"event\":\"lagging\"", text) { hear(.lagging) }
            return
        }
        guard let position = Self.number(text, behindColonFrom: place) else { return }
        guard let place = content.end(in: text), let stamp = Stamp.read(text, at: place) else {
            return hear(.passed(position: position.value))
        }
        hear(.delivered(position: position.value, stamp))
    }

    /// `{"id":17,"ok":{"position":"k3:45",…}}` or `{"id":17,"error":{…}}`.
    private func readReply(_ text: Span<UInt8>, _ hear: (Heard) -> Void) {
        guard let id = Self.digits(text, from: 6) else { return }
        guard id.end + 2 < text.count, text[id.end + 2] == UInt8(ascii: "o") else {
            return hear(.refused(id: id.value - Self.postIDs))
        }
        guard let place = replyPosition.end(in: text),
            let position = Self.number(text, behindColonFrom: place)
        else { return }
        if id.value == Self.joinID {
            let epoch = [UInt8](copying: text.extracting(place..<position.colon))
            hear(
                .joined(
                    epoch: String(decoding: epoch, as: UTF8.self),
                    position: position.value
                )
            )
        } else {
            hear(.acknowledged(id: id.value - Self.postIDs, position: position.value))
        }
    }
}

extension HubTongue {
    private static func number(
        _ text: Span<UInt8>,
        behindColonFrom start: Int
    ) -> (value: Int, colon: Int)? {
        var place = start
        while place < text.count, text[place] != UInt8(ascii: ":") {
            guard text[place] != UInt8(ascii: "\"") else { return nil }
            place += 1
        }
        return digits(text, from: place + 1).map { ($0.value, place) }
    }

    private static func digits(_ text: Span<UInt8>, from start: Int) -> (value: Int, end: Int)? {
        var value = 0
        var place = start
        while place < text.count, (48...57).contains(text[place]), place - start < 18 {
            value = value &* 10 &+ Int(text[place] &- 48)
            place += 1
        }
        return place > start ? (value, place) : nil
    }

    private static func contains(_ needle: String, _ text: Span<UInt8>) -> Bool {
        var finder = FieldFinder(needle)
        return finder.end(in: text) != nil
    }
}
