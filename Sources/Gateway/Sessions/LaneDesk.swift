import Hub
import Reactor

/// What the gateway keeps on one loop: its links, and its members by topic. Touched only there.
package final class LaneDesk {
    let loop: EventLoop
    let gateway: GatewayServices
    private var links: [ConnectionID: WebSocketLink] = [:]
    private var seats: [TopicID: TopicSeats] = [:]

    var instruments: Instruments { gateway.instruments }
    var linkCount: Int { links.count }

    package init(loop: EventLoop, gateway: GatewayServices) {
        self.loop = loop
        self.gateway = gateway
    }

    func add(_ link: WebSocketLink) {
        links[link.id] = link
    }

    func remove(_ link: WebSocketLink) {
        links[link.id] = nil
    }

    func forEachLink(_ body: (WebSocketLink) -> Void) {
        // A copy: a link that is closed takes itself out.
        for link in Array(links.values) { body(link) }
    }

    func link(_ id: ConnectionID) -> WebSocketLink? { links[id] }

    /// The topic's seats on this loop, made when the first member comes.
    func seats(for topic: TopicID) -> TopicSeats {
        if let there = seats[topic] { return there }
        let made = TopicSeats(topic: topic, desk: self)
        seats[topic] = made
        return made
    }

    /// Forgets seats that nobody sits on. The topic may still hold them; they then do nothing.
    func releaseSeats(of topic: TopicID) {
        seats[topic] = nil
    }
}
