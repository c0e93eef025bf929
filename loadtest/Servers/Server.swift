/// A server under load: where it is, and what tells how much it uses.
struct Server: Sendable {
    let kind: ServerKind
    let port: UInt16
    /// nil: somebody else's, on this machine or another.
    let process: ChildProcess?
    let directory: ScratchDirectory?
    /// From its start to the first answer that it is well.
    var startMilliseconds = 0.0

    var dialer: Dialer { Dialer(port: port) }
    var usage: Usage { process?.usage ?? Usage() }

    func stop() {
        process?.stop()
        directory?.remove()
    }
}
