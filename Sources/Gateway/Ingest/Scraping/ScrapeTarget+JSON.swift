import Hub

/// A target as the configuration says it: `{"url":"http://127.0.0.1:9100/metrics"}` and what
/// differs from the usual, or the address alone.
extension ScrapeTarget {
    package init?(text: String) {
        guard text.hasPrefix("{") else {
            self.init(url: text)
            return
        }
        guard let json = try? JSONParser.parse(Array(text.utf8)) else { return nil }
        self.init(json: json)
    }

    private static let names: Set<String> = [
        "url", "job", "interval", "timeout", "labels", "keep", "drop", "relabel",
        "honor-timestamps",
    ]

    private init?(json: JSON) {
        guard case .object(let members) = json, let url = json["url"]?.string,
            members.allSatisfy({ Self.names.contains($0.key) })
        else { return nil }
        guard let job = json.optional("job", \.string), let rules = Self.rules(json) else {
            return nil
        }
        self.init(url: url, job: job ?? "scrape")
        filter = SeriesFilter(rules)
        if let text = json["interval"] {
            guard let time = Self.time(text), Self.intervals.contains(time) else { return nil }
            interval = time
        }
        timeout = min(timeout, interval)
        if let text = json["timeout"] {
            guard let time = Self.time(text), time > .zero, time <= interval else { return nil }
            timeout = time
        }
        if let value = json["honor-timestamps"] {
            guard let honors = Self.flag(value) else { return nil }
            honorsTimestamps = honors
        }
        guard let labels = json["labels"] else { return }
        guard case .object(let members) = labels else { return nil }
        for member in members {
            guard let value = member.value.string else { return nil }
            set(label: member.key, to: value)
        }
    }

    /// The whole target again, as one line.
    package var text: String {
        var json: JSON = [
            "url": .string(url), "interval": .string("\(interval.milliseconds)ms"),
            "timeout": .string("\(timeout.milliseconds)ms"),
        ]
        if !filter.rules.isEmpty {
            json.append("relabel", .array(filter.rules.map(\.json)))
        }
        if !honorsTimestamps { json.append("honor-timestamps", false) }
        json.append(
            "labels",
            .object(labels.map { JSON.Member($0.name, .string($0.value)) })
        )
        return String(decoding: json.encoded(), as: UTF8.self)
    }

    /// `keep` and `drop`, patterns of the metric's name, and then the rules of `relabel`.
    private static func rules(_ json: JSON) -> [RelabelRule]? {
        var rules: [RelabelRule] = []
        for (name, action) in [("keep", RelabelRule.Action.keep), ("drop", .drop)] {
            guard let value = json[name] else { continue }
            guard let rule = value.string.flatMap({ RelabelRule(action, regex: $0) }) else {
                return nil
            }
            rules.append(rule)
        }
        guard let more = json["relabel"] else { return rules }
        guard case .array(let entries) = more else { return nil }
        for entry in entries {
            guard let rule = RelabelRule(json: entry) else { return nil }
            rules.append(rule)
        }
        return rules.count <= SeriesFilter.rulesMaximum ? rules : nil
    }

    private static func flag(_ json: JSON) -> Bool? {
        json.bool ?? json.string.flatMap { Bool($0) }
    }

    /// `250ms`, `15s`, `5m` or `1h`.
    private static func time(_ json: JSON) -> Duration? {
        guard let text = json.string else { return nil }
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        for (unit, milliseconds) in units where text.hasSuffix(unit) {
            guard let number = Int64(text.dropLast(unit.count)), (0...86_400_000).contains(number)
            else { continue }
            return .milliseconds(number * milliseconds)
        }
        return nil
    }
}
