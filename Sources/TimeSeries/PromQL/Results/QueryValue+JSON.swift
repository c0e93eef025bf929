/// Answers and failures as the bytes that Prometheus's HTTP API sends.
extension QueryValue {
    /// The whole body: `{"status":"success","data":{…}}`.
    package var jsonEnvelope: [UInt8] {
        var bytes: [UInt8] = Array(#"{"status":"success","data":"#.utf8)
        appendJSON(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// `{"resultType":…,"result":…}`.
    package func appendJSON(to bytes: inout [UInt8]) {
        bytes += #"{"resultType":""#.utf8
        switch self {
        case .scalar(let sample):
            bytes += #"scalar","result":"#.utf8
            Self.append(sample.at, sample.value, to: &bytes)
        case .string(let text, let time):
            bytes += #"string","result":["#.utf8
            Self.append(time: time, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            Self.append(text, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        case .vector(let elements):
            bytes += #"vector","result":["#.utf8
            for (index, element) in elements.enumerated() {
                bytes += (index == 0 ? #"{"metric":"# : #",{"metric":"#).utf8
                Self.append(element.labels, to: &bytes)
                bytes += #","value":"#.utf8
                Self.append(element.sample.at, element.sample.value, to: &bytes)
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(UInt8(ascii: "]"))
        case .matrix(let series):
            bytes += #"matrix","result":["#.utf8
            for (index, series) in series.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(series, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(_ series: SeriesColumns, to bytes: inout [UInt8]) {
        bytes += #"{"metric":"#.utf8
        append(series.labels, to: &bytes)
        bytes += #","values":["#.utf8
        bytes.reserveCapacity(bytes.count + series.times.count * 32)
        for index in series.times.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(series.times[index], series.values[index], to: &bytes)
        }
        bytes += "]}".utf8
    }

    private static func append(_ time: Int64, _ value: Double, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        append(time: time, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: "\""))
        value.appendJSON(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: "]"))
    }

    /// Seconds, with three digits after the point where they are not whole.
    private static func append(time: Int64, to bytes: inout [UInt8]) {
        if time < 0 { bytes.append(UInt8(ascii: "-")) }
        let milliseconds = time.magnitude
        bytes.append(digitsOf: milliseconds / 1000)
        let fraction = milliseconds % 1000
        guard fraction > 0 else { return }
        bytes += (fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".").utf8
        bytes.append(digitsOf: fraction)
    }

    static func append(_ labels: Labels, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        labels.visit { name, value in
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(utf8: name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            append(utf8: value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        append(utf8: text.utf8, to: &bytes)
    }

    /// In quotes. What is no UTF-8 was made so where it came in.
    private static func append(utf8: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 10: bytes += "\\n".utf8
            case 13: bytes += "\\r".utf8
            case 9: bytes += "\\t".utf8
            case 0..<32:
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension PromQLError {
    /// The whole body: `{"status":"error","errorType":…,"error":…}`.
    package var jsonEnvelope: [UInt8] {
        var bytes = Array(#"{"status":"error","errorType":"\#(kind.rawValue)","error":"#.utf8)
        QueryValue.append(description, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
