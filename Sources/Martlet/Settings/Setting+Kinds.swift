import Gateway
import Hub

/// The kinds of values that settings have.
extension Setting {
    static func text(
        _ name: String,
        _ path: Place<String>,
        _ help: String
    ) -> Setting {
        one(name, path, "a text", help, read: { $0 }, write: { $0 })
    }

    static func number(
        _ name: String,
        _ path: Place<Int>,
        _ range: ClosedRange<Int>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "a number from \(range.lowerBound) to \(range.upperBound)",
            help,
            read: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } },
            write: { String($0) }
        )
    }

    static func bytes(
        _ name: String,
        _ path: Place<Int>,
        _ range: ClosedRange<Int>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "a size like 512, 64KiB or 1MiB, from \(ByteCount.text(range.lowerBound))"
                + " to \(ByteCount.text(range.upperBound))",
            help,
            read: { text in ByteCount.read(text).flatMap { range.contains($0) ? $0 : nil } },
            write: ByteCount.text
        )
    }

    static func duration(
        _ name: String,
        _ path: Place<Duration>,
        _ range: ClosedRange<Duration>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "a time like 250ms, 30s, 5m, 2h or 7d, from \(DurationText.text(range.lowerBound))"
                + " to \(DurationText.text(range.upperBound))",
            help,
            read: { text in DurationText.read(text).flatMap { range.contains($0) ? $0 : nil } },
            write: DurationText.text
        )
    }

    static func flag(
        _ name: String,
        _ path: Place<Bool>,
        _ help: String
    ) -> Setting {
        let words = ["true": true, "yes": true, "1": true, "false": false, "no": false, "0": false]
        return one(
            name,
            path,
            "true or false",
            help,
            read: { words[$0.lowercased()] },
            write: { String($0) }
        )
    }

    static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
        _ name: String,
        _ path: Place<Value>,
        _ help: String
    ) -> Setting where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return one(
            name,
            path,
            words.dropLast().joined(separator: ", ") + " or " + (words.last ?? ""),
            help,
            read: { Value(rawValue: $0) },
            write: { $0.rawValue }
        )
    }

    static func rate(
        _ name: String,
        _ path: Place<TokenBucket.Rate>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "a number a second and a number at once, like 100/400, each from 1 to 1000000",
            help,
            read: { text in
                let numbers = text.split(separator: "/", omittingEmptySubsequences: false)
                    .map { Int($0) ?? 0 }
                guard numbers.count == 2, numbers.allSatisfy((1...1_000_000).contains) else {
                    return nil
                }
                return TokenBucket.Rate(perSecond: numbers[0], burst: numbers[1])
            },
            write: { "\($0.perSecond)/\($0.burst)" }
        )
    }

    static func grants(
        _ name: String,
        _ path: Place<Grants>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "patterns and actions like room:*=join,post;item:*=join",
            help,
            read: { GrantsClaim.parse(line: $0) },
            write: { grants in
                grants.rules.map { "\($0.pattern)=\($0.actions.sorted().joined(separator: ","))" }
                    .joined(separator: ";")
            }
        )
    }

    /// A text that may be absent: the empty text is its absence.
    static func optionalText(
        _ name: String,
        _ path: Place<String?>,
        _ help: String
    ) -> Setting {
        one(
            name,
            path,
            "a text",
            help,
            read: { .some($0.isEmpty ? nil : $0) },
            write: { $0 ?? "" }
        )
    }

    static func list(
        _ name: String,
        _ path: Place<[String]>,
        _ expectation: String,
        _ help: String,
        isGood: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> Setting {
        many(name, path, expectation, help, read: { isGood($0) ? $0 : nil }, write: { $0 })
    }
}
