import Hub

/// A word of an operator that tokens are no longer good, though their time has not come.
package struct Revocation: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        /// One token, by its `jti`.
        case token(String)
        /// All tokens of a user.
        case user(String)
        /// All tokens of everyone.
        case everyone
    }

    package let subject: Subject
    /// Tokens issued later are good again. Those that don't say when they were issued are not.
    package let issuedBefore: Timestamp
    /// When the revocation may be forgotten, as all tokens that it concerns have expired.
    package let expires: Timestamp

    package init(subject: Subject, issuedBefore: Timestamp, expires: Timestamp) {
        self.subject = subject
        self.issuedBefore = issuedBefore
        self.expires = expires
    }

    /// True when the bearer must go. Guests have no token: a revoked user id is theirs all the
    /// same.
    package func covers(_ identity: Identity) -> Bool {
        switch subject {
        case .token(let id): identity.tokenID == id
        case .user(let user): identity.principal.user == user && isOld(identity)
        case .everyone: !identity.principal.isGuest && isOld(identity)
        }
    }

    private func isOld(_ identity: Identity) -> Bool {
        guard let issuedAt = identity.issuedAt else { return true }
        return issuedAt < issuedBefore
    }
}

extension Revocation {
    /// A line of the file.
    package var json: JSON {
        var line: JSON =
            switch subject {
            case .token(let id): ["token": .string(id)]
            case .user(let user): ["user": .string(user)]
            case .everyone: ["everyone": true]
            }
        line.append("issuedBefore", .int(issuedBefore.milliseconds))
        line.append("expires", .int(expires.milliseconds))
        return line
    }

    package init?(json: JSON) {
        guard let before = json["issuedBefore"]?.int, let expires = json["expires"]?.int else {
            return nil
        }
        if let id = json["token"]?.string {
            subject = .token(id)
        } else if let user = json["user"]?.string {
            subject = .user(user)
        } else if json["everyone"]?.bool == true {
            subject = .everyone
        } else {
            return nil
        }
        issuedBefore = Timestamp(milliseconds: before)
        self.expires = Timestamp(milliseconds: expires)
    }
}
