import Hub

/// One promise that every engine makes, and the check of it.
package struct Clause: Sendable, CustomStringConvertible {
    package let description: String
    package let check: @Sendable (Subject) async throws -> Void

    init(_ description: String, check: @escaping @Sendable (Subject) async throws -> Void) {
        self.description = description
        self.check = check
    }

    /// The whole contract.
    package static let all: [Clause] = numbering + keys + order + state + trimming
}

/// An engine under examination.
package struct Subject: Sendable {
    package let journal: any Journal
    /// The same log after its process has ended and begun again; the old one is used no more.
    package let reopened: @Sendable () async throws -> any Journal

    package init(
        journal: any Journal,
        reopened: @escaping @Sendable () async throws -> any Journal
    ) {
        self.journal = journal
        self.reopened = reopened
    }
}
