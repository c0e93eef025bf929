/// Who a command comes from, as the door established it.
package struct Principal: Sendable, Hashable {
    /// The user id: the token's `sub`, or a guest's name.
    package let user: String
    package let isGuest: Bool
    package let grants: Grants

    package static let userBytesMaximum = 128

    package init(user: String, isGuest: Bool, grants: Grants) {
        self.user = user
        self.isGuest = isGuest
        self.grants = grants
    }
}
