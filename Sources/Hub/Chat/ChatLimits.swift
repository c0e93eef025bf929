/// The bounds of a room, so that no one can make it grow without end.
package enum ChatLimits {
    /// A message's content as it was sent; it isn't trimmed, but must not be all white space.
    package static let contentBytes = 16 << 10
    package static let titleBytes = 128
    package static let purposeBytes = 1024
    package static let emojiBytes = 32
    package static let reasonBytes = 256
    /// Users named in one command.
    package static let usersPerCommand = 50
    package static let directMembers = 2...8
    package static let members = 20_000
    /// Bans and mutes that hold, each.
    package static let sanctions = 10_000
    package static let pins = 50
    package static let emojiPerMessage = 20
    package static let usersPerEmoji = 1000
    package static let followersPerThread = 1000
    package static let mentionsPerMessage = 50
    /// Rooms larger than this don't announce who comes and goes.
    package static let announcedMembers = 500
    package static let pageUsual = 50
    package static let pageMaximum = 200
    /// Of the messages or rooms in one page, as JSON; a page has one of them at least.
    package static let pageBytes = 256 << 10
    package static let membersPageMaximum = 1000
    package static let hitsUsual = 20
    package static let hitsMaximum = 100
    package static let queryBytes = 256
    /// Unread messages up to which one's own and the system's are told from the others.
    package static let countedUnread: Int64 = 100
    package static let followedThreads = 200
}
