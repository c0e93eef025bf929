import Hub

/// A lost log is claimed, and made anew by one of the claimants.
extension RedisLog {
    /// Heads or entries of one call of the script that fills a log.
    private static let pieceCount = 500
    /// About how many bytes of entries one such call has: a link never takes what is larger than
    /// all that it may queue.
    private static let pieceBytes = 4 << 20

    package func claim(
        _ claim: Claim,
        on partition: Partition
    ) async throws(SharedLogError) -> Election {
        let keys = keys[partition.number]
        let bookmark = claim.bookmark
        let answer = try await run(
            LogScripts.claim,
            [keys.meta, keys.claims, keys.log],
            [
                Array(claim.node.utf8),
                bookmark.map { bytes($0.epoch) } ?? Array("-".utf8),
                bytes(bookmark?.sequence ?? 0),
                Array(EntryMessage.hexadecimal(bookmark?.entry ?? 0).utf8),
                bytes(settings.claimWindow.milliseconds), bytes(settings.term.milliseconds),
                keys.news, try publishing(), bytes(claim.token),
            ]
        )
        switch answer.first?.text {
        case "waiting": return .waiting
        case "over":
            guard answer.count == 5, let place = place(Array(answer.dropFirst())) else { break }
            return .over(place)
        case "elected":
            return .elected(epoch: Self.epoch(after: answer.dropFirst()))
        default: break
        }
        throw .uncertain("Redis gave an answer that is none: \(answer)")
    }

    package func restore(
        _ restoration: Restoration,
        of partition: Partition
    ) async throws(SharedLogError) -> Bool {
        let keys = keys[partition.number]
        let places = [keys.meta, keys.log, keys.heads, keys.keys]
        let fence = bytes(restoration.token)
        guard try await isDone(LogScripts.clear, places, [fence]) else { return false }
        var pieces = 0
        var heads = restoration.heads.map { ($0, $1) }[...]
        while !heads.isEmpty {
            let piece = heads.prefix(Self.pieceCount)
            heads.removeFirst(piece.count)
            let pairs = piece.flatMap { [Array($0.text.utf8), bytes($1)] }
            let arguments = [fence, bytes(pieces), bytes(piece.count)] + pairs
            guard try await isDone(LogScripts.fill, places, arguments) else { return false }
            pieces += 1
        }
        for piece in restoration.pieces(of: Self.pieceCount, bytes: Self.pieceBytes) {
            let entries = piece.flatMap { fields(of: $0, restoration) }
            let arguments = [fence, bytes(pieces), bytes(0)] + entries
            guard try await isDone(LogScripts.fill, places, arguments) else { return false }
            pieces += 1
        }
        let bookmark = restoration.bookmark
        return try await isDone(
            LogScripts.open,
            [keys.meta, keys.claims],
            [
                fence, bytes(pieces), bytes(bookmark.epoch), bytes(bookmark.sequence),
                Array(EntryMessage.hexadecimal(bookmark.entry).utf8),
                bytes(restoration.tail.first?.sequence ?? bookmark.sequence + 1),
                keys.news, try publishing(),
            ]
        )
    }

    /// `sequence message key-count key…`. Records have names by their ids too: nodes whose copies
    /// went another way will bring them back.
    private func fields(of entry: Entry, _ restoration: Restoration) -> [[UInt8]] {
        let names = entry.records.flatMap { record in
            Self.names(record.id, record.key, by: record.author, in: entry.topic, isReturn: true)
        }
        let index = entry.sequence - (restoration.tail.first?.sequence ?? 0)
        let previous = index == 0 ? restoration.before : restoration.tail[Int(index) - 1].id
        let message = EntryMessage.encode(
            entry,
            epoch: restoration.bookmark.epoch,
            previous: previous
        )
        return [bytes(entry.sequence), message, bytes(names.count)] + names
    }

    private func isDone(
        _ script: RedisScript,
        _ keys: [[UInt8]],
        _ arguments: [[UInt8]]
    ) async throws(SharedLogError) -> Bool {
        try await ask(RedisCommand(script, keys: keys, arguments: arguments)).integer == 1
    }

    /// Newer than all that claimants know; by more than one, because somebody who is away may know
    /// of one that none of them does.
    private static func epoch(after claims: ArraySlice<RedisValue>) -> Epoch {
        let known = claims.compactMap { claim -> UInt32? in
            guard let words = claim.text?.split(separator: " "), words.count == 3 else {
                return nil
            }
            return Epoch(words[2])?.number
        }
        guard let newest = known.max() else { return Epoch(.random(in: 1...(1 << 30))) }
        return Epoch(newest &+ .random(in: 1...65_536))
    }
}
