/// How a connection comes to be open: the connect's answer, and the TLS handshake.

import Glibc

extension Connection {
    func finishConnecting(_ events: UInt32) {
        guard events.holds(.writable | .failed | .hungUp) else { return }
        let error = loop.kernel.pendingError(descriptor)
        guard error == 0 else { return end(.unreachable(error)) }
        if tls != nil {
            phase = .handshaking
            advanceHandshake()
        } else {
            opened(mayHaveInput: events.holds(.readable | .peerEnded))
        }
    }

    func advanceHandshake() {
        guard let tls else { return }
        let answer = tls.handshake()
        if answer > 0 {
            opened(mayHaveInput: true)
        } else if answer == -Int(EAGAIN) {
            if tls.wantsWrite { watchWriting() }
        } else {
            end(tls.reason(for: answer))
        }
    }

    private func opened(mayHaveInput: Bool) {
        phase = .open
        loop.cancel(deadline)
        deadline = .none
        handler?.connectionOpened(self)
        guard phase != .ended else { return }
        markDirty()
        // Bytes may have come with the last of the handshake, and their edge with them.
        if mayHaveInput { readAvailable() }
    }
}
