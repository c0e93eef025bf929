/// How an inbox's events are written and read back.
extension InboxEvent {
    package var type: String {
        switch self {
        case .readMarked: "read_marked"
        case .preferenceSet: "preference_set"
        }
    }

    package func payload() -> [UInt8] {
        var data = JSONObjectWriter()
        switch self {
        case .readMarked(let topic, let message, let number, let unread):
            data.write("topic", topic)
            data.write("messageId", message)
            data.write("unread", unread)
            data.write("number", number)
        case .preferenceSet(let preference):
            data.write("name", preference.name)
            data.write("value", .raw(preference.value))
        }
        return data.finish()
    }

    package init?(type: String, payload: [UInt8]) {
        guard let data = try? JSONParser.parse(payload) else { return nil }
        switch type {
        case "read_marked":
            guard let topic = data["topic"]?.string, let message = data["messageId"]?.recordID,
                let number = data["number"]?.int, ReadMark.counts.contains(number),
                let unread = data["unread"]?.int, ReadMark.counts.contains(unread)
            else { return nil }
            self = .readMarked(topic: topic, message: message, number: number, unread: unread)
        case "preference_set":
            guard let name = data["name"]?.string, let value = data["value"]?.encoded(),
                let preference = Preference(name: name, value: value)
            else { return nil }
            self = .preferenceSet(preference)
        default: return nil
        }
    }
}
