/// A page of rooms: each a JSON object as the protocol's `rooms` gives it.
package struct RoomPage: Sendable, Hashable {
    package var rooms: [[UInt8]]
    package var more: Bool

    package init(rooms: [[UInt8]], more: Bool) {
        self.rooms = rooms
        self.more = more
    }
}
