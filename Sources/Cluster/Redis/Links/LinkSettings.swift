import Reactor

/// What all links of a client have in common.
struct LinkSettings {
    var tls: TLSContext?
    /// The name that the certificate has to have, when it isn't the host's.
    var serverName: String?
    var connectTimeout: Duration
    var commandTimeout: Duration
    var replyLimits: ReplyLimits
    /// What a new connection begins with: AUTH, SELECT, CLIENT SETNAME.
    var greeting: [Greeting]
    /// Unanswered requests, and their bytes.
    var requestsMaximum: Int
    var bytesMaximum: Int
}
