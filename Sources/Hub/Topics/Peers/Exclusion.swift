/// Memberships that end with an event which another node has decided.
package struct Exclusion: Sendable, Hashable {
    /// Nil for everyone's.
    package let user: String?
    package let reason: String
    /// Whether those stay whom the state, with the event in it, still admits.
    package let sparesAdmitted: Bool

    package init(of user: String?, reason: String, sparesAdmitted: Bool = false) {
        self.user = user
        self.reason = reason
        self.sparesAdmitted = sparesAdmitted
    }
}
