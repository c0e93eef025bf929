/// Reading: into the loop's one buffer, as much per turn as is fair.

import Glibc

extension Connection {
    /// At most this many buffers a turn: 256 KiB. What is left waits for the next turn.
    private static var readsPerTurn: Int { 4 }

    package func pauseReading() {
        guard phase != .ended else { return }
        isReadingPaused = true
    }

    package func resumeReading() {
        guard phase != .ended, isReadingPaused else { return }
        isReadingPaused = false
        // The edge may have passed while nobody listened.
        loop.queueRead(of: self)
    }

    /// One read, unless it filled the buffer: what comes later makes an event of its own. TLS reads
    /// until nothing is left, because the rest of a record may be in OpenSSL's buffer.
    func readAvailable() {
        for _ in 0..<Self.readsPerTurn {
            guard phase == .open || phase == .closing, !isReadingPaused, !isInputEnded else {
                return
            }
            let buffer = loop.readBuffer
            let count = tls?.read(into: buffer) ?? loop.kernel.receive(descriptor, into: buffer)
            if count > 0 {
                deliver(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
                if tls == nil, count < buffer.count, !isEndAnnounced { return }
            } else if count == 0 {
                return inputEnded()
            } else if count == -Int(EAGAIN) {
                if tls?.wantsWrite == true { watchWriting() }
                return
            } else if count != -Int(EINTR) {
                return end(tls?.reason(for: count) ?? .broken(Int32(-count)))
            }
        }
        if phase != .ended { loop.queueRead(of: self) }
    }

    private func deliver(_ bytes: UnsafeMutableRawBufferPointer) {
        guard phase == .open else { return }
        handler?.connection(self, received: bytes)
    }

    private func inputEnded() {
        isInputEnded = true
        if phase == .closing {
            if isOutputEnded || isHungUp { end(.closed) }
        } else if allowsHalfClosure, !isHungUp {
            if isOutputEnded { return end(.peerClosed) }
            handler?.connectionInputEnded(self)
        } else {
            end(.peerClosed)
        }
    }
}
