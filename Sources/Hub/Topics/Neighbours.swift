/// What a topic may ask of the hub about other topics.
package protocol Neighbours: AnyObject, Sendable {
    /// Shows something to a user in their own topic, if anyone listens there.
    func notify(_ user: String, _ ephemeral: Ephemeral)
}
