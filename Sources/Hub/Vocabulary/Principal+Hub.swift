/// The hub itself, where it acts in its own name.
extension Principal {
    /// No client can be it: nobody's user id is empty. Its keys are its own, therefore.
    package static let hub = Principal(user: "", isGuest: false, grants: .staff)
}
