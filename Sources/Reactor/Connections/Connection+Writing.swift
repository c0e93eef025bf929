/// Writing: frames are queued, and go out together at the end of the turn.

import Glibc

extension Connection {
    /// Queues a frame, which must not be changed afterwards (that would copy it). Ignored when the
    /// connection has ended or is closing. The tag says what the frame is to `dropQueued`.
    package func send(_ bytes: [UInt8], tag: UInt32 = 0) {
        guard phase < .closing, !isOutputEnding, !bytes.isEmpty else { return }
        home._withUnsafeGuaranteedRef { loop in
            precondition(loop.isCurrent, "A connection was used away from its loop.")
            queue(bytes, tag, on: loop)
            finishQueueing(on: loop)
        }
    }

    package func send(contentsOf frames: [[UInt8]], tag: UInt32 = 0) {
        guard phase < .closing, !isOutputEnding else { return }
        home._withUnsafeGuaranteedRef { loop in
            precondition(loop.isCurrent, "A connection was used away from its loop.")
            for frame in frames where !frame.isEmpty { queue(frame, tag, on: loop) }
            finishQueueing(on: loop)
        }
    }

    private func queue(_ bytes: [UInt8], _ tag: UInt32, on loop: EventLoop) {
        if outbox.wantsStorage { outbox.lend(loop.takeOutboxStorage()) }
        outbox.append(bytes, tag: tag)
    }

    private func finishQueueing(on loop: EventLoop) {
        let queued = outbox.byteCount
        if queued > loop.outboxLimits.highWater {
            isAboveHighWater = true
            if queued > loop.outboxLimits.maximum { return end(.overflowed) }
        }
        if !isWriteBlocked { markDirty(on: loop) }
    }

    func markDirty() {
        markDirty(on: loop)
    }

    private func markDirty(on loop: EventLoop) {
        guard !isDirty else { return }
        isDirty = true
        loop.markDirty(self)
    }

    /// Drops the queued frames with this tag, except one that is partly written.
    @discardableResult
    package func dropQueued(tag: UInt32) -> DroppedFrames {
        dropQueued { $0 == tag }
    }

    /// Drops the queued frames whose tag `isDropped` names, except one that is partly written.
    /// When the queue was above the high-water mark, `connectionDrained` still comes: once the
    /// socket takes bytes again.
    @discardableResult
    package func dropQueued(where isDropped: (UInt32) -> Bool) -> DroppedFrames {
        var kept = outbox
        let dropped = kept.drop(pinned: Int(pinnedBytes), where: isDropped)
        outbox = kept
        returnStorage()
        return dropped
    }

    /// No more sends: once the queue is written, the peer is told that our side has ended. Reading
    /// goes on.
    package func finishOutput() {
        guard phase == .open, !isOutputEnding else { return }
        isOutputEnding = true
        if !isWriteBlocked { markDirty() }
    }

    /// Writes what the kernel takes. The loop is handed in by whoever holds it already.
    func flush(on loop: EventLoop) {
        guard phase == .open || phase == .closing, !isWriteBlocked else { return }
        if !outbox.isEmpty {
            if let tls { flushEncrypted(tls) } else { flushPlain(on: loop) }
            guard phase != .ended else { return }
            if let storage = outbox.returnStorage() { loop.giveBackOutboxStorage(storage) }
        }
        if isOutputEnding, outbox.isEmpty, !isOutputEnded {
            endOutput()
            guard phase != .ended else { return }
        }
        if isAboveHighWater, outbox.byteCount <= loop.outboxLimits.lowWater {
            isAboveHighWater = false
            if phase == .open { handler?.connectionDrained(self) }
        }
    }

    private func flushPlain(on loop: EventLoop) {
        while !outbox.isEmpty {
            let offered: Int
            let taken: Int
            if outbox.holdsOneFrame {
                offered = outbox.byteCount
                taken = outbox.withFirst { loop.kernel.send(descriptor, $0) }
            } else {
                let filled = outbox.fill(loop.vectors)
                offered = filled.bytes
                taken = loop.kernel.send(
                    descriptor,
                    vectors: UnsafeMutableBufferPointer(rebasing: loop.vectors[..<filled.frames])
                )
            }
            if taken >= 0 {
                consume(taken)
                if taken < offered { return waitUntilWritable() }
            } else if taken == -Int(EAGAIN) {
                return waitUntilWritable()
            } else if taken != -Int(EINTR) {
                return end(.broken(Int32(-taken)))
            }
        }
    }

    private func flushEncrypted(_ tls: TLSSession) {
        while !outbox.isEmpty {
            let record = loop.recordBuffer
            let count = outbox.gather(into: record)
            let taken = tls.write(
                UnsafeRawBufferPointer(rebasing: record[..<count])
            )
            if taken > 0 {
                pinnedBytes = 0
                consume(taken)
            } else if taken == -Int(EAGAIN) {
                // OpenSSL insists on being given the same bytes again.
                pinnedBytes = Int32(count)
                return waitUntilWritable()
            } else {
                return end(tls.reason(for: taken))
            }
        }
    }

    private func consume(_ count: Int) {
        writtenBytes &+= UInt64(count)
        outbox.consume(count)
    }

    func returnStorage() {
        if let storage = outbox.returnStorage() { loop.giveBackOutboxStorage(storage) }
    }

    private func endOutput() {
        if let tls, tls.endOutput() == -Int(EAGAIN) { return waitUntilWritable() }
        loop.kernel.endOutput(descriptor)
        isOutputEnded = true
        if isInputEnded { end(phase == .closing ? .closed : .peerClosed) }
    }

    private func waitUntilWritable() {
        isWriteBlocked = true
        watchWriting()
    }

    /// Asked for when it is first needed, and kept: then the next full buffer costs no system call.
    func watchWriting() {
        guard !watchesWriting else { return }
        watchesWriting = true
        loop.watchWriting(self)
    }
}
