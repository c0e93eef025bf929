/// Requests to Prometheus' query API, and the little of their answers that a load test reads.
enum MetricQuery {
    static func instant(_ query: String, at: Int64, port: UInt16) -> [UInt8] {
        get("query?query=\(escaped(query))&time=\(at / 1000)", port: port)
    }

    /// Times in seconds.
    static func range(
        _ query: String,
        from: Int64,
        through: Int64,
        step: String,
        port: UInt16
    ) -> [UInt8] {
        get(
            "query_range?query=\(escaped(query))&start=\(from)&end=\(through)&step=\(step)",
            port: port
        )
    }

    private static func get(_ rest: String, port: UInt16) -> [UInt8] {
        Array("GET /api/v1/\(rest) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8)
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "."):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }

    /// The value of the only sample: `…"value":[1795400000,"12"]…`; NaN when there is none.
    static func scalar(_ body: [UInt8]) -> Double {
        var finder = FieldFinder("\"value\":[")
        guard let start = finder.end(in: body.span),
            let quote = body[start...].firstIndex(of: UInt8(ascii: "\""))
        else { return .nan }
        let digits = body[(quote + 1)...].prefix { $0 != UInt8(ascii: "\"") }
        return Double(String(decoding: digits, as: UTF8.self)) ?? .nan
    }

    /// How many samples an answer to a range has: each is a list, and so is each series' values and
    /// the result.
    static func lists(_ body: [UInt8]) -> Int {
        body.count { $0 == UInt8(ascii: "[") }
    }
}
