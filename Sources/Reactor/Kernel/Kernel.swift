/// The system calls that a running loop makes, so that tests can script what the kernel answers.
///
/// Each answers as the kernel does: zero or more on success, else the negative error number.
/// Setting up (`socket`, `bind`, `listen`, options) is not here: it happens once, off the loop.
/// TLS reads and writes its socket by itself.

import CLinux

package protocol Kernel: AnyObject, Sendable {
    /// An epoll instance, and an event descriptor that wakes it.
    func makePoll() -> Int32
    func makeWakeUp() -> Int32
    func wake(_ descriptor: Int32)

    func add(_ descriptor: Int32, to poll: Int32, events: UInt32, token: UInt64) -> Int
    func change(_ descriptor: Int32, in poll: Int32, events: UInt32, token: UInt64) -> Int
    func remove(_ descriptor: Int32, from poll: Int32)
    func wait(
        _ poll: Int32,
        into events: UnsafeMutableBufferPointer<epoll_event>,
        milliseconds: Int32
    ) -> Int

    func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int
    func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    func send(_ descriptor: Int32, vectors: UnsafeMutableBufferPointer<iovec>) -> Int

    func accept(_ listener: Int32) -> Accepted
    func openSocket(for address: SocketAddress) -> Int
    func connect(_ descriptor: Int32, to address: SocketAddress) -> Int
    /// What became of the socket: zero, or the error number (positive, as SO_ERROR has it).
    func pendingError(_ descriptor: Int32) -> Int32
    func endOutput(_ descriptor: Int32)
    func close(_ descriptor: Int32)
}

/// What accept4 answered.
package enum Accepted: Sendable {
    case socket(Int32, peer: SocketAddress)
    case failed(Int32)
}
