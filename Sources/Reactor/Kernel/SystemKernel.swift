/// The kernel itself.

import CLinux
import Glibc

package final class SystemKernel: Kernel {
    package init() {}

    package func makePoll() -> Int32 {
        epoll_create1(Int32(O_CLOEXEC))
    }

    package func makeWakeUp() -> Int32 {
        eventfd(0, Int32(O_CLOEXEC | O_NONBLOCK))
    }

    package func wake(_ descriptor: Int32) {
        // The descriptor is watched edge-triggered: every write is an event, and nobody reads it.
        eventfd_write(descriptor, 1)
    }

    package func add(_ descriptor: Int32, to poll: Int32, events: UInt32, token: UInt64) -> Int {
        clinux_epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, events, token)
    }

    package func change(_ descriptor: Int32, in poll: Int32, events: UInt32, token: UInt64) -> Int {
        clinux_epoll_ctl(poll, EPOLL_CTL_MOD, descriptor, events, token)
    }

    package func remove(_ descriptor: Int32, from poll: Int32) {
        _ = clinux_epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    package func wait(
        _ poll: Int32,
        into events: UnsafeMutableBufferPointer<epoll_event>,
        milliseconds: Int32
    ) -> Int {
        clinux_epoll_wait(poll, events.baseAddress, Int32(events.count), milliseconds)
    }

    package func receive(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        clinux_recv(descriptor, buffer.baseAddress, buffer.count)
    }

    package func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        clinux_send(descriptor, bytes.baseAddress, bytes.count)
    }

    package func send(_ descriptor: Int32, vectors: UnsafeMutableBufferPointer<iovec>) -> Int {
        clinux_sendv(descriptor, vectors.baseAddress, vectors.count)
    }

    package func accept(_ listener: Int32) -> Accepted {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let answer = clinux_accept(listener, &storage, &length)
        guard answer >= 0 else { return .failed(Int32(-answer)) }
        return .socket(Int32(answer), peer: SocketAddress(storage, length: length))
    }

    package func openSocket(for address: SocketAddress) -> Int {
        let descriptor = Sockets.open(for: address)
        if descriptor >= 0 { Sockets.tune(Int32(descriptor), for: address) }
        return descriptor
    }

    package func connect(_ descriptor: Int32, to address: SocketAddress) -> Int {
        Sockets.connect(descriptor, to: address)
    }

    package func pendingError(_ descriptor: Int32) -> Int32 {
        var error: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
        return error
    }

    package func endOutput(_ descriptor: Int32) {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    package func close(_ descriptor: Int32) {
        _ = Glibc.close(descriptor)
    }
}
