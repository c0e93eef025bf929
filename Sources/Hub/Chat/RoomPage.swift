/// A page of rooms.
package struct RoomPage: Sendable, Hashable {
    /// A room in a list: a JSON object as the protocol's `rooms` gives it.
    package struct Line: Sendable, Hashable {
        package let topic: String
        package let json: [UInt8]

        package init(topic: TopicID, json: [UInt8]) {
            self.topic = topic.text
            self.json = json
        }
    }

    package var rooms: [Line]
    package var more: Bool

    package init(rooms: [Line], more: Bool) {
        self.rooms = rooms
        self.more = more
    }
}
