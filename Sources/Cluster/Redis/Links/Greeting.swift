/// A command that a connection begins with.

struct Greeting {
    let command: RedisCommand
    /// The link is of no use without it.
    let isNeeded: Bool

    /// Whether the link may be used although this was the answer.
    func tolerates(_ error: RedisServerError) -> Bool {
        // That a cluster has no databases to choose from, whoever looks around will tell.
        if error.message.contains("in cluster mode") { return true }
        // Who is forbidden to have a name, or meets a server without names, goes without. But a
        // server that lets nobody in says so to whatever comes first.
        return !isNeeded
            && (error.code == "NOPERM"
                || error.code == "ERR" && !error.message.contains("max number of clients"))
    }
}
