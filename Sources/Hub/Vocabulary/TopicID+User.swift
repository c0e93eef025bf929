/// User ids as parts of topic ids.
///
/// A user id may have any printable ASCII character, a topic id only some: the others are written
/// as RFC 3986, 2.1 has them, `auth0|x` as `auth0%7Cx`. So is `~`, which joins the ids of a direct
/// room, so that its name says of whom it is.
extension TopicID {
    /// A user's own topic.
    package init(of user: String) throws(Rejection) {
        try self.init(.user, Self.escape(user))
    }

    /// A user's cart.
    package init(cartOf user: String) throws(Rejection) {
        try self.init(.cart, Self.escape(user))
    }

    /// Where a user sees what happens to their orders.
    package init(ordersOf user: String) throws(Rejection) {
        try self.init(.orders, Self.escape(user))
    }

    /// Where staff see what happens to every order. It is nobody's own: users' names have no `~`.
    package static let everyOrder = TopicID(known: .orders, "~all")

    /// Whose own topic it is; nil for every other topic.
    package var user: String? { kind == .user ? owner : nil }

    /// Whose inbox, cart or orders it is; nil for every topic that is nobody's own.
    package var owner: String? {
        switch kind {
        case .user, .cart, .orders: self == .everyOrder ? nil : Self.unescape(name)
        default: nil
        }
    }

    /// The name of the direct room of these users.
    package static func directName(of users: some Sequence<String>) -> String {
        "dm:" + users.map(escape).sorted().joined(separator: "~")
    }

    package static func escape(_ user: String) -> String {
        if user.utf8.allSatisfy(isPlain) { return user }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in user.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func unescape(_ name: Substring) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return String(name) }
        var bytes: [UInt8] = []
        var rest = name.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit)
            else { preconditionFailure("A topic id's escapes are whole.") }
            bytes.append(high << 4 | low)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func hasWholeEscapes(_ bytes: String.UTF8View) -> Bool {
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else { continue }
            guard rest.next().flatMap(digit) != nil, rest.next().flatMap(digit) != nil else {
                return false
            }
        }
        return true
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isAllowed(byte) && byte != UInt8(ascii: "~")
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
