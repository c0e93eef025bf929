/// Giving the socket away, to code that wants a descriptor of its own.

extension Connection {
    /// The socket, or nil when there are bytes left that can't be written at once, or the
    /// connection isn't open. Afterwards this object has ended (`.handedOver`), and the caller owns
    /// the descriptor. Over TLS it is the end of a socket pair: the loop goes on encrypting and
    /// decrypting between the two, until both ends have closed.
    package func handOver() -> Int32? {
        precondition(loop.isCurrent, "A connection was used away from its loop.")
        guard phase == .open, !isOutputEnding else { return nil }
        return tls == nil ? handOverSocket() : handOverRelay()
    }

    private func handOverSocket() -> Int32? {
        // Nobody is called from in here, and nobody needs to hear of a queue that is given up.
        isAboveHighWater = false
        flush(on: loop)
        guard phase == .open, outbox.isEmpty else { return nil }
        let socket = descriptor
        loop.kernel.remove(socket, from: loop.poll)
        descriptor = -1
        end(.handedOver)
        return socket
    }

    private func handOverRelay() -> Int32? {
        guard let ends = try? Sockets.pair() else { return nil }
        let secure = Connection(
            loop: loop,
            descriptor: descriptor,
            peer: peer,
            phase: .open,
            tls: tls,
            isTLS: true
        )
        // Whoever still holds this object must not speak into the other's conversation.
        swap(&secure.outbox, &outbox)
        secure.pinnedBytes = pinnedBytes
        secure.isWriteBlocked = isWriteBlocked
        secure.isAboveHighWater = isAboveHighWater
        secure.isEndAnnounced = isEndAnnounced
        secure.isHungUp = isHungUp
        secure.isInputEnded = isInputEnded
        descriptor = -1
        tls = nil
        end(.handedOver)
        loop.takeOver(secure)
        let plain = loop.adopt(ends.0, peer: peer, isTLS: true)
        let relay = Relay(secure: secure, plain: plain)
        secure.handler = relay
        plain.handler = relay
        return ends.1
    }
}
