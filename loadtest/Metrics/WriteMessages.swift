import TimeSeries

/// Bodies of remote_write 1.0 (a prometheus.WriteRequest in Snappy's block format), for series
/// whose labels are written once and for all.
struct WriteMessages {
    private let fleet: MetricFleet
    /// Each series' labels, as a message has them.
    private let labels: [[UInt8]]

    init(_ fleet: MetricFleet) {
        self.fleet = fleet
        labels = (0..<fleet.count).map { series in
            var bytes: [UInt8] = []
            for label in fleet.labels(series) {
                var pair: [UInt8] = []
                Self.append(Array(label.name.utf8), tag: 0x0A, to: &pair)
                Self.append(Array(label.value.utf8), tag: 0x12, to: &pair)
                Self.append(pair, tag: 0x0A, to: &bytes)
            }
            return bytes
        }
    }

    /// A whole request: of each of the series the samples of the steps.
    func request(
        _ series: Range<Int>,
        steps: Range<Int>,
        startingAt start: Int64,
        interval: Int64,
        port: UInt16
    ) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(series.count * (160 + steps.count * 18))
        for index in series {
            var entry = labels[index]
            for step in steps {
                Self.append(
                    Self.sample(fleet.value(index, step: step), start + Int64(step) * interval),
                    tag: 0x12,
                    to: &entry
                )
            }
            Self.append(entry, tag: 0x0A, to: &message)
        }
        let body = Snappy.encode(message)
        let head = """
            POST /api/v1/write HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Content-Type: application/x-protobuf\r
            Content-Encoding: snappy\r
            X-Prometheus-Remote-Write-Version: 0.1.0\r
            Content-Length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }

    private static func sample(_ value: Double, _ at: Int64) -> [UInt8] {
        var bytes: [UInt8] = [0x09]
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(0x10)
        append(varint: UInt64(bitPattern: at), to: &bytes)
        return bytes
    }

    private static func append(_ field: [UInt8], tag: UInt8, to bytes: inout [UInt8]) {
        bytes.append(tag)
        append(varint: UInt64(field.count), to: &bytes)
        bytes.append(contentsOf: field)
    }

    private static func append(varint: UInt64, to bytes: inout [UInt8]) {
        var rest = varint
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
