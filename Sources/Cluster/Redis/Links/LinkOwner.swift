/// Who holds a link: hears of its fate, and gets what comes over it. Called on the loop, by the
/// loop, never from inside a link's methods.

protocol LinkOwner: AnyObject {
    /// The server has let us in: requests are taken from now on.
    func linkOpened(_ link: RedisLink)
    func link(_ link: RedisLink, answered request: Request, with value: RedisValue)
    /// A value that no request asked for: a subscription's.
    func link(_ link: RedisLink, pushed value: RedisValue)
    /// Exactly once. None of the requests in `unsent` has reached the server.
    func linkEnded(_ link: RedisLink, _ failure: LinkFailure, unsent: [Request])
}
