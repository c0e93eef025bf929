import TimeSeries

/// Streams: the shards that keep them, the views that show them, and what is pushed to them.
extension Router {
    package var shards: MetricShards {
        MetricShards(
            inFlight: streams.inFlight,
            news: streams.news,
            places: streams.places
        ) { [unowned self] number in
            shard(number)
        }
    }

    package var metrics: MetricReader {
        MetricReader(
            shards: shards,
            archive: streams.archive,
            descriptions: streams.descriptions,
            retention: streams.retention,
            now: surroundings.now
        )
    }

    /// The topic of a shard; the caller owes it one `submit`.
    private func shard(_ number: Int) -> Topic<MetricShard> {
        guard let id = try? TopicID(.stream, "~\(number)"),
            let topic = topic(id) as? Topic<MetricShard>
        else { preconditionFailure("A shard's topic is a shard.") }
        return topic
    }

    /// Which series the topic's name selects; refuses the shards' own names.
    static func selector(of id: TopicID) throws(Rejection) -> SeriesSelector {
        guard let text = id.stream, !text.hasPrefix("~") else {
            throw Rejection(.notFound, "There is no such stream.")
        }
        // Grants are of the text: nothing may stand there that means nothing.
        guard !hasComment(text), !text.hasPrefix("("), text.first?.isWhitespace != true else {
            throw Rejection(.badRequest, "A stream's selector has no comment and no parentheses.")
        }
        let matchers: [LabelMatcher]
        do throws(PromQLError) {
            matchers = try PromQuery.parseSelector(text)
        } catch {
            throw Rejection(.badRequest, "The stream's selector can't be read: \(error.message).")
        }
        return try MetricReader.selector(matchers)
    }

    private static func hasComment(_ selector: String) -> Bool {
        var quote: Character?
        var isEscaped = false
        for character in selector {
            if let open = quote {
                if isEscaped || character == "\\" && open != "`" {
                    isEscaped.toggle()
                } else if character == open {
                    quote = nil
                }
            } else if character == "#" {
                return true
            } else if "\"'`".contains(character) {
                quote = character
            }
        }
        return false
    }

    func makeView(_ id: TopicID, on lane: any Lane) -> StreamView {
        guard let selector = try? Self.selector(of: id) else {
            preconditionFailure("A stream's selector is read before it is joined.")
        }
        return StreamView(
            id: id,
            selector: selector,
            lane: lane,
            reader: metrics,
            now: surroundings.now
        )
    }

    /// Samples of a stream over a time, as `StreamQuery` reads the fields.
    func query(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let topic = ask.topic else {
            throw Rejection(.badRequest, "query needs the topic of a stream, such as stream:cpu.")
        }
        let query = try StreamQuery(ask.fields, to: topic, at: surroundings.now())
        return try await query.answer(from: metrics)
    }

    func push(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let topic = ask.topic else {
            throw Rejection(.badRequest, "push needs the topic of a metric, such as stream:cpu.")
        }
        let push = try MetricPush(ask.fields, to: topic, at: surroundings.now())
        let outcome = try await shards.push(push.batches, by: ask.principal)
        var reply: JSON = ["accepted": .int(Int64(outcome.accepted + outcome.duplicates))]
        if let explanation = outcome.explanation {
            reply.append("refused", .int(Int64(outcome.refusedCount)))
            reply.append("message", .string(explanation))
        }
        return reply
    }
}

extension TopicID {
    /// Which shard of streams it is; nil for other topics.
    package var shard: Int? {
        guard kind == .stream, name.hasPrefix("~"), let number = Int(name.dropFirst()),
            (0..<ShardPlaces.nodesMaximum * MetricShards.count).contains(number)
        else { return nil }
        return number
    }

    /// The stream or selector that a `stream:` topic names; nil for other topics.
    package var stream: String? {
        kind == .stream ? Self.unescape(name) : nil
    }
}
