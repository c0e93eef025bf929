/// What a room is called and who may see it.
package struct RoomProfile: Sendable, Hashable {
    package enum Visibility: String, Sendable {
        case `public`, `private`, direct
    }

    package var title: String
    package var purpose: String
    package var visibility: Visibility

    package init(title: String, purpose: String, visibility: Visibility) {
        self.title = title
        self.purpose = purpose
        self.visibility = visibility
    }
}
