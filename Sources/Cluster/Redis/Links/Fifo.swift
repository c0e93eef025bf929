/// A queue: what was put in first comes out first. Constant time for each, amortised.

struct Fifo<Element> {
    private var places: ContiguousArray<Element?> = []
    private var head = 0

    var count: Int { places.count - head }
    var isEmpty: Bool { head == places.count }
    var first: Element? { head < places.count ? places[head] : nil }

    mutating func append(_ element: Element) {
        places.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < places.count else { return nil }
        let element = places[head].take()
        head += 1
        if head == places.count {
            places.removeAll(keepingCapacity: places.capacity <= 4096)
            head = 0
        } else if head >= 256, head * 2 > places.count {
            // What was taken is cut off once it is the larger half.
            places.removeFirst(head)
            head = 0
        }
        return element
    }

    mutating func replaceFirst(with element: Element) {
        if head < places.count { places[head] = element }
    }

    mutating func takeAll() -> [Element] {
        defer { self = Fifo() }
        return places[head...].compactMap(\.self)
    }

    /// Looks at each in order and puts what the body returns in its place.
    mutating func update(_ body: (Element) -> Element) {
        for place in head..<places.count {
            guard let element = places[place] else { continue }
            places[place] = body(element)
        }
    }
}
