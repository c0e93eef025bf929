/// Something shown to a topic's members and not stored: typing, presence.
package struct Ephemeral: Sendable {
    /// A state that ends by itself unless it is shown again: typing.
    package struct Lapse: Sendable {
        /// Names the state within the topic; at most one of a name is current.
        package let key: String
        package let after: Duration
        /// What is shown when it ends.
        package let payload: [UInt8]

        package init(key: String, after: Duration, payload: [UInt8]) {
            self.key = key
            self.after = after
            self.payload = payload
        }
    }

    package enum Change: Sendable {
        /// Just shown.
        case none
        /// Begins or prolongs a state.
        case begins(Lapse)
        /// Ends the state of that key; not shown when it isn't current.
        case ends(key: String)
    }

    package let event: String
    package let author: String
    package let at: Timestamp
    /// A JSON object, as it is sent.
    package let payload: [UInt8]
    package let change: Change
    /// The same for clients that read bytes.
    package let binary: [UInt8]?
    /// Names the state that it tells of: of several with one key, who is slow gets the newest.
    package let stateKey: String?
    /// Whether it is news, too, to the connection that has caused it.
    package let isForSender: Bool
    /// The connection that must not get it: one's own typing is no news.
    package var except: ConnectionID?

    package init(
        event: String,
        author: String,
        at: Timestamp,
        payload: [UInt8],
        binary: [UInt8]? = nil,
        change: Change = .none,
        stateKey: String? = nil,
        isForSender: Bool = false,
        except: ConnectionID? = nil
    ) {
        self.event = event
        self.author = author
        self.at = at
        self.payload = payload
        self.binary = binary
        self.change = change
        self.stateKey = stateKey
        self.isForSender = isForSender
        self.except = except
    }

    /// True for news about who is present, which only members that asked for it get.
    package var isPresence: Bool { event == "presence" }
}
