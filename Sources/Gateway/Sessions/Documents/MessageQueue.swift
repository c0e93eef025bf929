/// Messages that wait for a session to be ready for them. Bounded, by number and by bytes.
struct MessageQueue {
    private var messages: [[UInt8]] = []
    /// Messages before this one were taken.
    private var first = 0
    private(set) var bytes = 0
    private let countMaximum: Int
    private let bytesMaximum: Int

    init(countMaximum: Int = 1000, bytesMaximum: Int = 5 << 20) {
        self.countMaximum = countMaximum
        self.bytesMaximum = bytesMaximum
    }

    var isEmpty: Bool { first == messages.count }

    /// False when there is no room. One message alone always has room.
    mutating func append(_ message: [UInt8]) -> Bool {
        let count = messages.count - first
        guard count == 0 || count < countMaximum && bytes + message.count <= bytesMaximum else {
            return false
        }
        messages.append(message)
        bytes += message.count
        return true
    }

    /// The first message, which stays until it is removed.
    var next: [UInt8]? { isEmpty ? nil : messages[first] }

    mutating func removeFirst() {
        guard !isEmpty else { return }
        bytes -= messages[first].count
        messages[first] = []
        first += 1
        if isEmpty {
            removeAll()
        } else if first >= countMaximum {
            // A queue that is never empty must not grow by what was taken.
            messages.removeFirst(first)
            first = 0
        }
    }

    mutating func removeAll() {
        messages = []
        first = 0
        bytes = 0
    }
}
