/// The members of one topic on one lane, as the topic sees them: all are reached by one hop.
///
/// The gateway implements it; every call is made on the lane.
package protocol Seats: AnyObject, Sendable {
    func broadcast(_ emission: Emission)

    /// Ends those members' subscriptions and tells them why.
    func expel(_ connections: [ConnectionID], from topic: TopicID, reason: String)
}
