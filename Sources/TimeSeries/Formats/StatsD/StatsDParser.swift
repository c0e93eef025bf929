/// Parses packets of StatsD, with DogStatsD's tags.
package enum StatsDParser {
    /// What a packet held.
    package struct Packet: Sendable, Hashable {
        package internal(set) var metrics: [StatsDMetric] = []
        /// Lines that are none: the others count nevertheless.
        package internal(set) var malformed = 0
    }

    private static let lineBytesMaximum = 8192
    private static let tagsMaximum = 32

    package static func parse(_ packet: [UInt8]) -> Packet {
        var parsed = Packet()
        for line in packet.split(separator: UInt8(ascii: "\n")) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty { continue }
            // DogStatsD's events and service checks are no metrics.
            if line.starts(with: "_e{".utf8) || line.starts(with: "_sc|".utf8) { continue }
            if let metrics = self.metrics(line) {
                parsed.metrics += metrics
            } else {
                parsed.malformed += 1
            }
        }
        return parsed
    }

    /// `name:value|type`, or with several values of one kind: `name:1:2:3|ms`.
    private static func metrics(_ line: ArraySlice<UInt8>) -> [StatsDMetric]? {
        guard line.count <= lineBytesMaximum, let text = String(validating: line, as: UTF8.self)
        else { return nil }
        let fields = text.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count >= 2, let colon = fields[0].firstIndex(of: ":") else { return nil }
        let name = metricName(fields[0][..<colon])
        guard !name.isEmpty else { return nil }
        var rate = 1.0
        var tags: [(name: String, value: String)] = []
        for field in fields.dropFirst(2) {
            switch field.first {
            case "@":
                guard let sent = number(field.dropFirst()), sent > 0, sent <= 1 else { return nil }
                rate = sent
            case "#": tags = self.tags(field.dropFirst())
            // Container ids, times and what else may come one day.
            default: continue
            }
        }
        let all = fields[0][fields[0].index(after: colon)...]
        let isSet = fields[1] == "s"
        let values = isSet ? [all] : all.split(separator: ":", omittingEmptySubsequences: false)
        var metrics: [StatsDMetric] = []
        for value in values {
            guard let (kind, number) = measure(value, fields[1]) else { return nil }
            metrics.append(
                StatsDMetric(
                    name: name,
                    kind: kind,
                    value: number,
                    member: isSet ? String(value) : "",
                    rate: rate,
                    tags: tags
                )
            )
        }
        return metrics
    }

    private static func measure(
        _ value: Substring,
        _ type: Substring
    ) -> (StatsDMetric.Kind, Double)? {
        switch type {
        case "s": return value.isEmpty ? nil : (.set, 0)
        case "c", "C", "m": return number(value.isEmpty ? "1" : value).map { (.counter, $0) }
        case "g":
            let isChange = value.first == "+" || value.first == "-"
            return number(value).map { (isChange ? .gaugeChange : .gauge, $0) }
        case "ms", "h", "d": return number(value).map { (.timer, $0) }
        default: return nil
        }
    }

    private static func number(_ text: Substring) -> Double? {
        let bytes = Array(text.utf8)
        let number = NumberText.double(bytes.span.bytes, bytes.indices)
        guard let number, number.isFinite else { return nil }
        return number
    }

    /// `name:value,name:value`; a tag without a value is true.
    private static func tags(_ text: Substring) -> [(name: String, value: String)] {
        var tags: [(name: String, value: String)] = []
        var seen: Set<String> = [Labels.nameLabel, "quantile"]
        for tag in text.split(separator: ",").prefix(tagsMaximum) {
            let parts = tag.split(separator: ":", maxSplits: 1)
            guard let first = parts.first else { continue }
            let name = labelName(first)
            guard !name.isEmpty, seen.insert(name).inserted else { continue }
            tags.append((name, parts.count > 1 ? String(parts[1]) : "true"))
        }
        return tags.sorted { $0.name < $1.name }
    }

    private static func metricName(_ text: Substring) -> String {
        plainName(text) { $0 == ":" }
    }

    private static func labelName(_ text: Substring) -> String {
        plainName(text) { _ in false }
    }

    /// `hub.msg` becomes `hub_msg`: so it can be asked for without quotes.
    private static func plainName(
        _ text: Substring,
        _ isAlsoPlain: (Character) -> Bool
    ) -> String {
        var name = ""
        for character in text {
            let isPlain =
                character.isASCII && (character.isLetter || character.isNumber)
                || character == "_" || isAlsoPlain(character)
            name.append(isPlain ? character : "_")
        }
        return name.first?.isNumber == true ? "_" + name : name
    }
}
