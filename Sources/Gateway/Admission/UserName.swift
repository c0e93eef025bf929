import Hub

/// Which user ids there may be, and whose they are: a token's or a guest's.
package enum UserName {
    /// Guests' ids begin with it, and tokens' never do, so that no guest can be taken for a user.
    package static let guestPrefix = "guest-"
    package static let guestBytesMaximum = 64

    /// A token's `sub`: any user id but those of guests.
    package static func isUser(_ text: String) -> Bool {
        Principal.isUser(text) && !text.hasPrefix(guestPrefix)
    }

    /// What a guest may be called: `A-Z a-z 0-9 . _ -`.
    package static func isGuest(_ text: String) -> Bool {
        (1...guestBytesMaximum).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
