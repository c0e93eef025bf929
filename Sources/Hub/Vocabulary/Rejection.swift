/// A command refused: the client's fault or a passing state; the connection lives on.
package struct Rejection: Error, Hashable, Sendable {
    package let code: RejectionCode
    /// One sentence for the developer who reads it; never a secret, never raw input.
    package let message: String
    /// When trying again makes sense, if the code says that it does.
    package let retryAfter: Duration?

    /// Where the topic stands, if that is why.
    package let position: Position?

    package init(
        _ code: RejectionCode,
        _ message: String,
        retryAfter: Duration? = nil,
        position: Position? = nil
    ) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.position = position
    }

    /// True when the same command may succeed later.
    package var retry: Bool { code.isTemporary }

    package static func changed(to position: Position) -> Rejection {
        Rejection(.preconditionFailed, "It has changed since.", position: position)
    }

    /// The topic has as many waiting commands as it may.
    package static let busy = Rejection(
        .busy,
        "The topic is busy; try again.",
        retryAfter: .milliseconds(250)
    )

    /// The journal could not store the events; nothing was changed.
    package static let unavailable = Rejection(
        .unavailable,
        "The hub can't store anything at the moment; nothing was changed.",
        retryAfter: .seconds(1)
    )
}
