/// Where Redis is, as people write it:
/// `redis://[user:password@]host[:port][,host[:port]…][/database]`, `rediss://…` over TLS, and
/// `redis+sentinel://…/master[/database]` (`rediss+sentinel://`) by way of Sentinel.

package struct RedisAddress: Hashable, Sendable {
    /// Redis's own, which says by itself whether it is one or a cluster; or Sentinels.
    package enum Kind: Hashable, Sendable {
        case direct
        case sentinel(master: String)
    }

    package var kind: Kind
    package var isTLS: Bool
    package var endpoints: [RedisEndpoint]
    package var credentials: RedisCredentials?
    package var database: Int

    package static let defaultPort: UInt16 = 6379
    package static let defaultSentinelPort: UInt16 = 26379

    package init(_ text: String) throws(RedisAddressError) {
        var rest = Substring(text)
        guard let scheme = rest.cut(through: "://") else {
            throw .schemeMissing
        }
        guard let form = Self.forms[scheme.lowercased()] else {
            throw .schemeUnknown(String(scheme))
        }
        isTLS = form.isTLS
        // A password may hold anything, so what follows the last @ counts.
        if let at = rest.lastIndex(of: "@") {
            credentials = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .optionsUnknown }
        var path: [Substring] = []
        if let slash = rest.firstIndex(of: "/") {
            path = rest[rest.index(after: slash)...].split(separator: "/")
            rest = rest[..<slash]
        }
        let port = form.isSentinel ? Self.defaultSentinelPort : Self.defaultPort
        endpoints = try Self.endpoints(rest, port: port)
        kind = .direct
        if form.isSentinel {
            guard !path.isEmpty else { throw .masterMissing }
            kind = .sentinel(master: try Self.percentDecoded(path.removeFirst()))
        }
        database = 0
        if let number = path.first {
            guard path.count == 1, let index = Int(number), (0..<1 << 20).contains(index) else {
                throw .databaseInvalid(path.joined(separator: "/"))
            }
            database = index
        }
    }

    private static let forms: [String: (isTLS: Bool, isSentinel: Bool)] = [
        "redis": (false, false), "rediss": (true, false),
        "redis+sentinel": (false, true), "rediss+sentinel": (true, true),
    ]

    private static func credentials(
        _ text: Substring
    ) throws(RedisAddressError) -> RedisCredentials {
        var password = text
        guard let user = password.cut(through: ":"), !password.isEmpty else {
            throw .credentialsIncomplete
        }
        return RedisCredentials(
            user: user.isEmpty ? nil : try percentDecoded(user),
            password: try percentDecoded(password)
        )
    }

    private static func endpoints(
        _ text: Substring,
        port: UInt16
    ) throws(RedisAddressError) -> [RedisEndpoint] {
        var found: [RedisEndpoint] = []
        for place in text.split(separator: ",", omittingEmptySubsequences: false) {
            let endpoint = try endpoint(place, port: port)
            if !found.contains(endpoint) { found.append(endpoint) }
        }
        return found
    }

    private static func endpoint(
        _ place: Substring,
        port: UInt16
    ) throws(RedisAddressError) -> RedisEndpoint {
        var host = place
        var digits: Substring?
        if place.hasPrefix("[") {
            guard let bracket = place.firstIndex(of: "]") else { throw .hostInvalid }
            host = place[place.index(after: place.startIndex)..<bracket]
            let after = place[place.index(after: bracket)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .hostInvalid }
            digits = after.isEmpty ? nil : after.dropFirst()
            guard host.contains(":") else { throw .hostInvalid }
        } else if let colon = place.lastIndex(of: ":") {
            host = place[..<colon]
            digits = place[place.index(after: colon)...]
            guard !host.contains(":") else { throw .hostInvalid }
        }
        guard !host.isEmpty else { throw .hostMissing }
        guard !host.contains(where: { $0.isWhitespace || $0 == "[" || $0 == "]" }) else {
            throw .hostInvalid
        }
        guard let digits else { return RedisEndpoint(host: String(host), port: port) }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt16(digits),
            number > 0
        else { throw .portInvalid }
        return RedisEndpoint(host: String(host), port: number)
    }

    private static func percentDecoded(_ text: Substring) throws(RedisAddressError) -> String {
        var bytes: [UInt8] = []
        var source = text.utf8.makeIterator()
        while let byte = source.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = source.next().flatMap(Self.digit),
                let low = source.next().flatMap(Self.digit)
            else { throw .percentEncodingInvalid }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .percentEncodingInvalid
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8(truncatingIfNeeded: $0) }
    }
}

extension RedisAddress: CustomStringConvertible {
    /// As `init` reads it, but for the password.
    package var description: String {
        let who = credentials.map { "\($0)@" } ?? ""
        let places = endpoints.map(\.description).joined(separator: ",")
        let path =
            switch kind {
            case .direct: database == 0 ? "" : "/\(database)"
            case .sentinel(let master): database == 0 ? "/\(master)" : "/\(master)/\(database)"
            }
        let scheme = isTLS ? "rediss" : "redis"
        return "\(scheme)\(kind == .direct ? "" : "+sentinel")://\(who)\(places)\(path)"
    }
}

extension Substring {
    /// Takes off everything up to a mark and the mark itself, and returns what was before it.
    fileprivate mutating func cut(through mark: String) -> Substring? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(mark) {
                let head = self[..<place]
                self = self[index(place, offsetBy: mark.count)...]
                return head
            }
            place = index(after: place)
        }
        return nil
    }
}
