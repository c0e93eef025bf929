import Hub
import Testing

/// If these fail, the nodes of a cluster show their clients different members, or what one of them
/// did not do.
@Suite("A topic among other nodes")
struct PeersTests {
    private let peer = PeerID(7)
    private let other = PeerID(8)

    private func topic(_ text: String = "room:general") throws -> TopicID { try TopicID(text) }

    private func whole(_ users: [String: Int], _ revision: UInt64) -> PeerMessage {
        .presence(
            PresenceShare(previous: nil, revision: revision, users: users.mapValues { $0 })
        )
    }

    private func change(_ users: [String: Int?], _ revision: UInt64) -> PeerMessage {
        .presence(PresenceShare(previous: revision - 1, revision: revision, users: users))
    }

    private func presence(_ seats: RecordingSeats) throws -> [JSON] {
        try seats.notes.ephemeral.filter(\.isPresence).map { try JSONParser.parse($0.payload) }
    }

    @Test("Typing is told each time, its end only where it is current")
    func typing() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        _ = try await bench.perform("post", ["content": "nobody typed"])
        #expect(peers.shown.isEmpty)
        _ = try await bench.perform("typing")
        _ = try await bench.perform("typing")
        _ = try await bench.perform("post", ["content": "typed"])
        _ = try await bench.perform("post", ["content": "again"])
        #expect(peers.shown.map(\.event) == ["typing", "typing", "typing"])
        let last = try JSONParser.parse(try #require(peers.shown.last).payload)
        #expect(last["active"] == false)
    }

    @Test("What another node shows is shown, ends by itself, and is not told again")
    func shown() async throws {
        let there = RecordingPeers()
        let here = RecordingPeers()
        let (origin, bench) = (TopicBench(peers: there), TopicBench(peers: here))
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        _ = try await origin.perform("typing")
        for message in there.told {
            bench.router.hear(message.message, of: message.topic, from: peer)
            bench.router.hear(message.message, of: message.topic, from: peer)
        }
        #expect(await bench.lane.run { seats.notes.ephemeral.map(\.event) == ["typing"] })
        bench.lane.advance(by: .seconds(6))
        #expect(await bench.lane.run { seats.notes.ephemeral.count == 2 })
        #expect(here.shown.isEmpty)
    }

    @Test("Notices reach a user's own topic on all nodes")
    func notices() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        _ = try await bench.perform("post", ["content": "hello @bob"])
        #expect(peers.told.map(\.topic.text) == ["user:bob"])
        #expect(peers.shown.map(\.event) == ["mentioned"])
    }

    @Test("The first share is whole, those after it are what has changed")
    func shares() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        #expect(await bench.lane.run { peers.shares.count == 1 })
        _ = try await bench.join(connection: 2, user: "ada", seats: seats, announces: true)
        _ = try await bench.join(connection: 3, user: "eve", seats: seats, announces: false)
        #expect(await bench.lane.run { peers.shares.count == 2 })
        try await bench.leave(connection: 1, isAbrupt: false)
        try await bench.leave(connection: 2, isAbrupt: true)
        #expect(await bench.lane.run { peers.shares.last?.users == ["ada": 0] })
        bench.lane.advance(by: .seconds(6))
        #expect(await bench.lane.run { peers.shares.last?.users == ["ada": nil] })
        let shares = peers.shares
        #expect(shares[0].previous == nil && shares[0].users == ["ada": 1])
        #expect(shares[1].users == ["ada": 2])
        for (former, share) in zip(shares, shares.dropFirst()) {
            #expect(share.previous == former.revision)
        }
    }

    @Test("A user with connections on several nodes is one member, and their counts add up")
    func oneMember() async throws {
        let bench = TopicBench(peers: RecordingPeers())
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        bench.router.hear(whole(["ada": 2, "bob": 1], 10), of: try topic(), from: peer)
        bench.router.hear(whole(["bob": 1], 20), of: try topic(), from: other)
        let joined = try #require(
            try await bench.join(connection: 2, user: "eve", seats: seats, announces: true)
        ).get()
        let members = try #require(joined.members)
        #expect(members.map(\.user) == ["ada", "bob", "eve"])
        #expect(members.map(\.connections) == [3, 2, 1])
        bench.lane.advance(by: .seconds(1))
        bench.router.hear(change(["bob": nil], 11), of: try topic(), from: peer)
        #expect(await bench.lane.run { true })
        bench.lane.advance(by: .seconds(1))
        #expect(try presence(seats).count == 1)
        bench.router.hear(whole([:], 30), of: try topic(), from: other)
        #expect(await bench.lane.run { true })
        bench.lane.advance(by: .seconds(1))
        #expect(await bench.lane.run { seats.notes.ephemeral.count == 2 })
        #expect(try presence(seats).last?["left"]?.array?.first?["userId"] == "bob")
    }

    @Test("Who was only on a node that is gone leaves, and it is said why")
    func gone() async throws {
        let bench = TopicBench(peers: RecordingPeers())
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        bench.router.hear(whole(["ada": 1, "bob": 1], 10), of: try topic(), from: peer)
        #expect(await bench.lane.run { true })
        bench.lane.advance(by: .seconds(1))
        bench.router.hear(.went(peer))
        #expect(await bench.lane.run { true })
        bench.lane.advance(by: .seconds(1))
        #expect(await bench.lane.run { seats.notes.ephemeral.count == 2 })
        let last = try #require(try presence(seats).last)
        #expect(last["left"]?.array?.count == 1)
        #expect(last["left"]?.array?.first?["userId"] == "bob")
        #expect(last["left"]?.array?.first?["reason"] == "node")
        #expect(last["count"] == 1)
    }

    @Test("The first who joins is told of all members, as soon as the other nodes have answered")
    func question() async throws {
        let peers = RecordingPeers(reachable: [peer, other])
        let bench = TopicBench(peers: peers)
        let outcome = Box<Result<JoinOutcome, Rejection>>()
        let join = Join(
            connection: ConnectionID(1),
            principal: TopicBench.principal("ada"),
            lane: bench.lane,
            seats: RecordingSeats(),
            dialect: PlainDialect(),
            announces: true
        )
        bench.router.submit(join, to: try topic()) { outcome.put($0) }
        #expect(await bench.lane.run { peers.questions == 1 })
        bench.router.hear(whole(["bob": 1], 10), of: try topic(), from: peer)
        #expect(outcome.value == nil)
        bench.router.hear(.presence(.nobody), of: try topic(), from: other)
        #expect(await bench.lane.run { outcome.value != nil })
        let joined = try #require(outcome.value).get()
        #expect(joined.members?.map(\.user) == ["ada", "bob"])
    }

    @Test("Nodes that don't answer keep nobody waiting")
    func silence() async throws {
        let peers = RecordingPeers(reachable: [peer])
        let bench = TopicBench(peers: peers)
        let number = try bench.submit("presence")
        #expect(await bench.lane.run { peers.questions == 1 })
        for _ in 0..<20 {
            _ = await bench.lane.run { true }
            bench.lane.advance(by: .milliseconds(100))
        }
        #expect(await bench.lane.run { bench.answer(number) != nil })
    }

    @Test("Who is asked tells of everything; who has not loaded the topic says so")
    func answers() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        bench.router.hear(.question, of: try topic(), from: peer)
        #expect(peers.shares == [.nobody])
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        #expect(await bench.lane.run { peers.shares.count == 2 })
        bench.router.hear(whole(["bob": 1], 10), of: try topic(), from: peer)
        bench.router.hear(.question, of: try topic(), from: peer)
        #expect(await bench.lane.run { peers.shares.count == 3 })
        #expect(peers.shares[2].previous == nil)
        #expect(peers.shares[2].users == ["ada": 1])
    }

    @Test("Who has missed a share asks for all, once")
    func missed() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        bench.router.hear(whole(["bob": 1], 10), of: try topic(), from: peer)
        bench.router.hear(.pulse(revision: 10), of: try topic(), from: peer)
        #expect(await bench.lane.run { true })
        #expect(peers.questions == 0)
        bench.router.hear(change(["eve": 1], 12), of: try topic(), from: peer)
        bench.router.hear(.pulse(revision: 12), of: try topic(), from: peer)
        #expect(await bench.lane.run { peers.questions == 1 })
        bench.router.hear(whole(["eve": 1], 13), of: try topic(), from: peer)
        let reply = try #require(try await bench.perform("presence")).get()
        #expect(reply["count"] == 2)
    }

    @Test("A topic with members tells now and then how far its share is")
    func pulse() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        #expect(await bench.lane.run { peers.shares.count == 1 })
        bench.lane.advance(by: .seconds(5))
        #expect(peers.pulses == [try #require(peers.shares.last).revision])
    }

    @Test("After a gap all is told anew")
    func gap() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        #expect(await bench.lane.run { peers.shares.count == 1 })
        bench.router.hear(.gap, in: Partition(of: try topic()))
        #expect(await bench.lane.run { peers.shares.count == 2 })
        #expect(peers.shares[1].previous == nil)
        #expect(peers.shares[1].revision > peers.shares[0].revision)
    }

    @Test("Awareness is told to other nodes, and that of a node that is gone ends")
    func awareness() async throws {
        let peers = RecordingPeers()
        let bench = TopicBench(peers: peers)
        let seats = RecordingSeats()
        _ = try await bench.join("doc:d", connection: 1, user: "ada", seats: seats)
        let states: JSON = ["states": [["clientId": 5, "clock": 1, "state": ["n": "ada"]]]]
        _ = try bench.submit("awareness", to: "doc:d", states, connection: 1)
        #expect(await bench.lane.run { peers.awareness.count == 1 })
        let theirs = AwarenessUpdate(
            entries: [.init(client: 9, clock: 3, state: Array(#"{"n":"bob"}"#.utf8))]
        )
        let before = seats.notes.ephemeral.count
        bench.router.hear(.awareness(theirs, author: "bob"), of: try topic("doc:d"), from: peer)
        #expect(await bench.lane.run { seats.notes.ephemeral.count == before + 1 })
        #expect(peers.awareness.count == 1)
        // Asked, a node tells of its own clients only.
        bench.router.hear(.question, of: try topic("doc:d"), from: peer)
        #expect(await bench.lane.run { peers.awareness.count == 2 })
        #expect(peers.awareness[1].entries.map(\.client) == [5])
        bench.router.hear(.went(peer))
        #expect(await bench.lane.run { seats.notes.ephemeral.count == before + 2 })
        let ended = try AwarenessUpdate(try #require(seats.notes.ephemeral.last?.binary))
        #expect(ended.entries == [.init(client: 9, clock: 3, state: nil)])
        try await bench.leave("doc:d", connection: 1, isAbrupt: false)
        #expect(peers.awareness.last?.entries == [.init(client: 5, clock: 1, state: nil)])
    }
}
