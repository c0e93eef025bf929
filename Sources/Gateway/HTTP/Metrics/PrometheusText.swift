/// Writes the Prometheus text exposition format, version 0.0.4.
struct PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(32_768)
    }

    mutating func counter(_ name: String, _ help: String, _ value: Int) {
        header(name, help, "counter")
        sample(name, [], String(value))
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        header(name, help, "gauge")
        sample(name, [], String(value))
    }

    mutating func gauge(_ name: String, _ help: String, seconds: Double) {
        header(name, help, "gauge")
        sample(name, [], Self.decimal(seconds))
    }

    mutating func counter(_ name: String, _ help: String, seconds: Double) {
        header(name, help, "counter")
        sample(name, [], Self.decimal(seconds))
    }

    /// One series per label value; `other` only when it was used.
    mutating func counters(_ name: String, _ help: String, _ family: Family<Counter>) {
        header(name, help, "counter")
        for (value, counter) in family.all where value != "other" || counter.value > 0 {
            sample(name, [(family.label, value)], String(counter.value))
        }
    }

    mutating func gauges(_ name: String, _ help: String, _ family: Family<Gauge>) {
        header(name, help, "gauge")
        for (value, gauge) in family.all where value != "other" || gauge.value > 0 {
            sample(name, [(family.label, value)], String(gauge.value))
        }
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        header(name, help, "histogram")
        buckets(name, [], histogram)
    }

    mutating func header(_ name: String, _ help: String, _ type: String) {
        append("# HELP \(name) \(help)\n# TYPE \(name) \(type)\n")
    }

    mutating func buckets(
        _ name: String,
        _ labels: [(String, String)],
        _ histogram: Histogram
    ) {
        let reading = histogram.reading
        var sum = 0
        for (bucket, count) in reading.counts.enumerated() {
            sum += count
            let bound =
                bucket < histogram.bounds.count
                ? Self.scaled(histogram.bounds[bucket], histogram.scale) : "+Inf"
            sample("\(name)_bucket", labels + [("le", bound)], String(sum))
        }
        sample("\(name)_sum", labels, Self.scaled(reading.total, histogram.scale))
        sample("\(name)_count", labels, String(sum))
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        append(name)
        if !labels.isEmpty {
            let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }
            append("{\(pairs.joined(separator: ","))}")
        }
        append(" \(value)\n")
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private static func scaled(_ value: Int, _ scale: Int) -> String {
        scale == 1 ? String(value) : decimal(Double(value) / Double(scale))
    }

    /// Without the `.0` of whole numbers, so that bounds read as Prometheus writes them.
    private static func decimal(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
