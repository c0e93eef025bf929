import Hub
import Reactor
import Synchronization

/// The way out: what waits is gathered for a moment and published, a channel at a time.
extension RedisBus {
    /// What one publication holds at most, but for a single message that is larger.
    private static var publicationBytes: Int { 256 << 10 }

    package func tell(_ message: PeerMessage, of topic: TopicID) {
        let delay: Duration? = state.withLock { state in
            if state.isFailing, case .shown = message {
                // By the time that Redis is back it would no longer be true.
                state.counters.dropped += 1
                return nil
            }
            state.queue.add(message, of: topic)
            guard !state.isScheduled else { return nil }
            state.isScheduled = true
            if state.isFailing { return Self.retryGap }
            guard let last = state.lastFlush else { return .zero }
            return max(.zero, settings.spacing - (ContinuousClock.now - last))
        }
        if let delay { flush(after: delay) }
    }

    private func flush(after delay: Duration) {
        guard delay > .zero else { return client.loop.submit { [weak self] in self?.flush() } }
        client.loop.submit(after: delay) { [weak self] in self?.flush() }
    }

    private func flush() {
        guard let command = client.publishCommand else {
            state.withLock { $0.isFailing = true }
            return flush(after: Self.retryGap)
        }
        let waiting = state.withLock { state -> [Partition: [BusQueue.Entry]]? in
            // The next answer leads here again.
            guard state.unanswered < settings.unansweredMaximum else { return nil }
            state.isScheduled = false
            state.lastFlush = .now
            return state.queue.take()
        }
        guard let waiting else { return }
        for (partition, entries) in waiting {
            var rest = entries[...]
            while !rest.isEmpty {
                let (bytes, count) = Self.encode(rest, from: own)
                publish(bytes, Array(rest.prefix(count)), partition, Array(command.utf8))
                rest = rest.dropFirst(count)
            }
        }
    }

    private func publish(
        _ bytes: [UInt8],
        _ entries: [BusQueue.Entry],
        _ partition: Partition,
        _ command: [UInt8]
    ) {
        state.withLock { state in
            state.unanswered += 1
            state.counters.publications += 1
            state.counters.told += UInt64(entries.count)
            state.counters.bytes += UInt64(bytes.count)
        }
        let channel = channels[partition.number]
        let publication = RedisCommand([command, channel, bytes], key: channel)
        client.submit(publication, timeout: settings.timeout) { [weak self] outcome in
            self?.finish(entries, outcome)
        }
    }

    /// A message that says nothing but who is there.
    func publishNothing() {
        guard let command = client.publishCommand else { return }
        publish(BusMessage.begin(own).bytes, [], Partition.all[0], Array(command.utf8))
    }

    private func finish(
        _ entries: [BusQueue.Entry],
        _ outcome: Result<RedisValue, RedisError>
    ) {
        let delay: Duration? = state.withLock { state in
            state.unanswered -= 1
            switch outcome {
            case .success:
                state.isFailing = false
            case .failure(.closed): return nil
            case .failure:
                state.isFailing = true
                state.counters.failures += 1
                state.queue.putBack(entries)
            }
            guard !state.queue.isEmpty else { return nil }
            // One that is scheduled and found too much under way waits for this.
            guard !state.isScheduled || state.unanswered == settings.unansweredMaximum - 1 else {
                return nil
            }
            state.isScheduled = true
            return state.isFailing ? Self.retryGap : .zero
        }
        if let delay { flush(after: delay) }
    }

    /// As many of the entries as go into one publication.
    private static func encode(
        _ entries: ArraySlice<BusQueue.Entry>,
        from own: PeerID
    ) -> (bytes: [UInt8], count: Int) {
        var writer = BusMessage.begin(own)
        var count = 0
        for entry in entries {
            if count > 0, writer.bytes.count >= publicationBytes { break }
            for message in parts(of: entry.message) {
                writer.write(entry.topic.text)
                message.write(to: &writer)
            }
            count += 1
        }
        return (writer.bytes, count)
    }

    /// An update of awareness holds so many clients at the most.
    private static func parts(of message: PeerMessage) -> [PeerMessage] {
        guard case .awareness(let update, let author) = message,
            update.entries.count > AwarenessUpdate.entriesMaximum
        else { return [message] }
        let most = AwarenessUpdate.entriesMaximum
        return stride(from: 0, to: update.entries.count, by: most).map { start in
            let end = min(start + most, update.entries.count)
            let part = AwarenessUpdate(entries: Array(update.entries[start..<end]))
            return .awareness(part, author: author)
        }
    }
}
