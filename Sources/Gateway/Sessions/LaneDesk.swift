import Hub
import Reactor

/// What the gateway keeps on one loop: its links, and its members by topic. Touched only there.
package final class LaneDesk {
    let loop: EventLoop
    let gateway: GatewayServices
    private var links: [ConnectionID: WebSocketLink] = [:]
    private var seats: [TopicID: TopicSeats] = [:]
    /// This loop's part of the gauge.
    private var sampledBytes = 0

    var instruments: Instruments { gateway.instruments }
    var linkCount: Int { links.count }

    package init(loop: EventLoop, gateway: GatewayServices) {
        self.loop = loop
        self.gateway = gateway
    }

    func add(_ link: WebSocketLink) {
        links[link.id] = link
        instruments.connections["websocket"].add(1)
    }

    func remove(_ link: WebSocketLink) {
        guard links.removeValue(forKey: link.id) != nil else { return }
        instruments.connections["websocket"].add(-1)
    }

    /// Adds up what waits in this loop's outboxes: from time to time, as it walks over all links.
    func sampleOutboxes() {
        let bytes = links.values.reduce(0) { $0 + $1.connection.queuedBytes }
        instruments.outboxBytes.add(bytes - sampledBytes)
        sampledBytes = bytes
    }

    func forEachLink(_ body: (WebSocketLink) -> Void) {
        // A copy: a link that is closed takes itself out.
        for link in Array(links.values) { body(link) }
    }

    var linkIDs: some Sequence<ConnectionID> { links.keys }

    func link(_ id: ConnectionID) -> WebSocketLink? { links[id] }

    /// The topic's seats on this loop, made when the first member comes.
    func seats(for topic: TopicID) -> TopicSeats {
        if let there = seats[topic] { return there }
        let made = TopicSeats(topic: topic, desk: self)
        seats[topic] = made
        return made
    }

    /// Forgets seats that no subscription holds. The topic may still know them; they then do
    /// nothing.
    func releaseSeats(of topic: TopicID) {
        seats[topic] = nil
    }
}
