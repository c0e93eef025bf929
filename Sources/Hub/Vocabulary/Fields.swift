/// Reads the fields of a command and checks their bounds: every refusal names its field.
package struct Fields: Sendable {
    private let object: JSON
    /// What stands before a field's name in refusals, such as `data.`.
    private let prefix: String

    /// The command's own fields.
    package init(_ command: JSON) {
        object = command
        prefix = ""
    }

    /// The fields in the command's `data`; none when there is no `data`.
    package init(dataOf command: JSON) throws(Rejection) {
        let data = command["data"] ?? .null
        switch data {
        case .object, .null: object = data
        default: throw Rejection(.badRequest, "data: must be an object.")
        }
        prefix = "data."
    }

    package func refusal(_ name: String, _ what: String) -> Rejection {
        Rejection(.badRequest, "\(prefix)\(name): \(what).")
    }

    /// True when the field is there and not null.
    package func has(_ name: String) -> Bool {
        object[name].map { !$0.isNull } ?? false
    }

    /// Any value; null is one, too.
    package func value(_ name: String) throws(Rejection) -> JSON {
        guard let value = object[name] else { throw refusal(name, "is missing") }
        return value
    }

    package func string(_ name: String) throws(Rejection) -> String {
        guard let string = try optionalString(name) else { throw refusal(name, "is missing") }
        return string
    }

    /// Nil when the field is missing or null.
    package func optionalString(_ name: String) throws(Rejection) -> String? {
        guard let value = present(name) else { return nil }
        guard let string = value.string else { throw refusal(name, "must be a string") }
        return string
    }

    /// A line or, with `hasLines`, a paragraph: bounded, and without control characters.
    package func optionalText(
        _ name: String,
        bytesMaximum: Int,
        hasLines: Bool = false
    ) throws(Rejection) -> String? {
        guard let text = try optionalString(name) else { return nil }
        guard text.utf8.count <= bytesMaximum else {
            throw refusal(name, "has at most \(bytesMaximum) bytes")
        }
        guard !text.unicodeScalars.contains(where: { Self.isControl($0, hasLines) }) else {
            throw refusal(name, "must not contain control characters")
        }
        return text
    }

    package func optionalBool(_ name: String) throws(Rejection) -> Bool? {
        guard let value = present(name) else { return nil }
        guard let bool = value.bool else { throw refusal(name, "must be true or false") }
        return bool
    }

    package func int(_ name: String, in range: ClosedRange<Int64>) throws(Rejection) -> Int64 {
        guard let value = present(name) else { throw refusal(name, "is missing") }
        return try int(value, name, in: range)
    }

    /// How many to answer with.
    package func limit(default usual: Int, maximum: Int) throws(Rejection) -> Int {
        guard let value = present("limit") else { return usual }
        return Int(try int(value, "limit", in: 1...Int64(maximum)))
    }

    /// A moment in milliseconds since 1970; nil when the field is missing or null.
    package func optionalTime(_ name: String) throws(Rejection) -> Timestamp? {
        guard let value = present(name) else { return nil }
        return Timestamp(milliseconds: try int(value, name, in: 0...(1 << 53)))
    }

    /// `{amount, currency}` of minor units; never negative. Nil when it is missing or null.
    package func optionalMoney(_ name: String) throws(Rejection) -> Money? {
        guard let value = present(name) else { return nil }
        guard let money = Money(json: value), money.amount >= 0 else {
            let what = "must be an amount in minor units, 0 to \(Money.amountMaximum),"
            throw refusal(name, what + " and the code of a currency of ISO 4217")
        }
        return money
    }

    package func money(_ name: String) throws(Rejection) -> Money {
        guard let money = try optionalMoney(name) else { throw refusal(name, "is missing") }
        return money
    }

    /// A message's id, or that of another record.
    package func recordID(_ name: String) throws(Rejection) -> RecordID {
        guard let id = try optionalRecordID(name) else { throw refusal(name, "is missing") }
        return id
    }

    package func optionalRecordID(_ name: String) throws(Rejection) -> RecordID? {
        guard let text = try optionalString(name) else { return nil }
        guard let id = RecordID(text) else {
            throw refusal(name, "must be an id in decimal digits")
        }
        return id
    }

    package func user(_ name: String) throws(Rejection) -> String {
        let user = try string(name)
        guard Principal.isUser(user) else { throw refusal(name, Self.userRule) }
        return user
    }

    package func optionalUser(_ name: String) throws(Rejection) -> String? {
        try has(name) ? user(name) : nil
    }

    /// A list of different user ids, in the order given; empty when it is missing.
    package func users(_ name: String, maximum: Int) throws(Rejection) -> [String] {
        guard let value = present(name) else { return [] }
        guard let values = value.array else { throw refusal(name, "must be a list") }
        guard values.count <= maximum else {
            throw Rejection(.tooLarge, "\(prefix)\(name): has at most \(maximum) entries.")
        }
        var users: [String] = []
        for value in values {
            guard let user = value.string, Principal.isUser(user) else {
                throw refusal(name, "each " + Self.userRule)
            }
            if !users.contains(user) { users.append(user) }
        }
        return users
    }

    private static let userRule =
        "is a user id of 1 to \(Principal.userBytesMaximum) printable ASCII characters"

    private func present(_ name: String) -> JSON? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    private func int(
        _ value: JSON,
        _ name: String,
        in range: ClosedRange<Int64>
    ) throws(Rejection) -> Int64 {
        guard let int = value.int, range.contains(int) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            throw refusal(name, "must be a whole number from \(bounds)")
        }
        return int
    }

    private static func isControl(_ scalar: Unicode.Scalar, _ hasLines: Bool) -> Bool {
        if hasLines, scalar == "\n" || scalar == "\t" { return false }
        return scalar.properties.generalCategory == .control
    }
}
