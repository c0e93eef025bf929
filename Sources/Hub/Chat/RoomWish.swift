/// What somebody wants a room to be: all that `create` and `update` may name.
package struct RoomWish: Sendable, Hashable {
    package var title: String?
    package var purpose: String?
    package var visibility: RoomProfile.Visibility?
    /// Only for `create`.
    package var members: [String]

    package init(
        title: String? = nil,
        purpose: String? = nil,
        visibility: RoomProfile.Visibility? = nil,
        members: [String] = []
    ) {
        self.title = title
        self.purpose = purpose
        self.visibility = visibility
        self.members = members
    }

    var isEmpty: Bool { title == nil && purpose == nil && visibility == nil }
}
