/// Awareness: what the clients of a document tell each other of themselves. It is kept while it is
/// renewed, shown at once, and never stored.
extension Topic {
    /// Between two looks for states that were not renewed.
    private static var awarenessSweep: Duration { .seconds(3) }

    /// The update in a command's `data`: bytes, or states as JSON. None is a question.
    static func awareness(in ask: Ask) throws(Rejection) -> AwarenessUpdate? {
        guard let data = ask.fields["data"], !data.isNull else { return nil }
        if let bytes = data["update"]?.binary { return try AwarenessUpdate(bytes) }
        guard let states = data["states"]?.array else {
            throw Rejection(.badRequest, "data: has update, in base64, or states.")
        }
        guard states.count <= AwarenessUpdate.entriesMaximum else {
            throw Rejection(.tooLarge, "data.states: has too many entries.")
        }
        var update = AwarenessUpdate(entries: [])
        for state in states {
            let fields = Fields(state)
            let json = state["state"] ?? .null
            update.entries.append(
                AwarenessUpdate.Entry(
                    client: UInt64(try fields.int("clientId", in: 0...1 << 53 - 1)),
                    clock: UInt64(try fields.int("clock", in: 0...1 << 53 - 1)),
                    state: json.isNull ? nil : json.encoded()
                )
            )
        }
        return try AwarenessUpdate(update.encoded())
    }

    func attend(_ update: AwarenessUpdate?, _ ask: Ask, _ ticket: Ticket) {
        guard let update else {
            let everything = awareness.everything
            let reply: JSON = [
                "update": .bytes(everything.encoded()), "states": everything.json,
            ]
            return ticket.answer(.success(reply))
        }
        guard let connection = ask.connection, audience.contains(connection) else {
            let rejection = Rejection(.notJoined, "The connection has not joined that topic.")
            return ticket.answer(.failure(rejection))
        }
        do throws(Rejection) {
            let news = try awareness.take(update, from: connection, at: surroundings.now())
            show(news, by: ask.principal.user, except: connection)
            tell(news, by: ask.principal.user)
            watchAwareness()
            ticket.answer(.success(.object([])))
        } catch {
            ticket.answer(.failure(error))
        }
    }

    func endAwareness(of connection: ConnectionID) {
        let ended = awareness.leave(connection, at: surroundings.now())
        show(ended, by: "", except: nil)
        tell(ended, by: "")
    }

    private func tell(_ news: AwarenessUpdate, by author: String) {
        guard !news.entries.isEmpty else { return }
        surroundings.peers?.tell(.awareness(news, author: author), of: id)
    }

    /// What another node's clients say. Each node ends by itself what is not renewed.
    func take(_ update: AwarenessUpdate, by author: String, of peer: PeerID) {
        // Past the bound of states the rest is passed over.
        let news = try? awareness.take(update, from: nil, of: peer, at: surroundings.now())
        guard let news else { return }
        show(news, by: author, except: nil)
        watchAwareness()
    }

    func endAwareness(of peer: PeerID) {
        show(awareness.forget(peer, at: surroundings.now()), by: "", except: nil)
    }

    private func show(_ news: AwarenessUpdate, by author: String, except: ConnectionID?) {
        guard !news.entries.isEmpty else { return }
        let bytes = news.encoded()
        let payload: JSON = ["update": .bytes(bytes), "states": news.json]
        let ephemeral = Ephemeral(
            event: "awareness",
            author: author,
            at: surroundings.now(),
            payload: payload.encoded(),
            binary: bytes,
            except: except
        )
        audience.broadcast(ephemeral, of: id)
    }

    private func watchAwareness() {
        guard !awarenessIsWatched, !awareness.isEmpty else { return }
        awarenessIsWatched = true
        lane.submit(after: Self.awarenessSweep) { [weak self] in
            self?.assumeIsolated { topic in
                topic.awarenessIsWatched = false
                let ended = topic.awareness.expire(at: topic.surroundings.now())
                topic.show(ended, by: "", except: nil)
                topic.watchAwareness()
            }
        }
    }
}
