/// The ends of a connection. `connectionEnded` comes at the end of the turn, never from in here,
/// so that whoever closes a connection while walking through many isn't called back meanwhile.

extension Connection {
    package func close(_ how: Closing) {
        guard phase != .ended else { return }
        precondition(loop.isCurrent, "A connection was used away from its loop.")
        switch how {
        case .now:
            end(.closed)
        case .afterFlush(let timeout):
            closeAfterFlush(timeout)
        }
    }

    private func closeAfterFlush(_ timeout: Duration) {
        guard phase != .closing else { return }
        guard phase == .open else { return end(.closed) }
        phase = .closing
        isOutputEnding = true
        isAboveHighWater = false
        deadline = loop.schedule(after: timeout) { [self] in
            end(isOutputEnded ? .closed : .timedOut)
        }
        if isOutputEnded, isInputEnded { return end(.closed) }
        if isReadingPaused {
            isReadingPaused = false
            loop.queueRead(of: self)
        }
        if !isWriteBlocked { markDirty() }
    }

    /// Ends it here and now; the handler hears of it at the end of the turn.
    func end(_ reason: EndReason) {
        guard phase != .ended else { return }
        phase = .ended
        outbox.removeAll()
        returnStorage()
        tls = nil
        loop.cancel(deadline)
        if descriptor >= 0 {
            // Closing takes the socket out of epoll.
            loop.kernel.close(descriptor)
            descriptor = -1
        }
        loop.retire(self, reason)
    }
}
