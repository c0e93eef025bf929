import Hub
import TimeSeries

/// Samples as lines of JSON, each an object: many of one series, as VictoriaMetrics exports them,
/// `{"metric":{"__name__":"cpu"},"values":[1,2],"timestamps":[1000,2000]}`, or one,
/// `{"name":"cpu","labels":{"host":"a"},"value":1,"at":1000}`.
struct JSONLines {
    struct Failure: Error {
        let line: Int
        let message: String
    }

    /// What is parsed in one go: its tree takes many times as much.
    private static let lineBytesMaximum = 1 << 20

    private(set) var refused: [LabelFault: Int] = [:]
    private let now: Int64
    private var builder = LabelsBuilder()

    /// - Parameter now: The time of samples without one.
    init(now: Int64) {
        self.now = now
    }

    mutating func read<Sink: SampleSink>(
        _ text: [UInt8],
        into sink: inout Sink
    ) throws(Failure) {
        // The parser takes UTF-8 for granted.
        guard (try? UTF8Span(validating: text.span)) != nil else {
            throw Failure(line: 1, message: "The body is not UTF-8.")
        }
        var number = 0
        var rest = text[...]
        while !rest.isEmpty {
            number += 1
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest.dropFirst(line.count + 1)
            guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            guard line.count <= Self.lineBytesMaximum else {
                throw Failure(line: number, message: "A line has 1 MiB at the most.")
            }
            do throws(Rejection) {
                try read(try JSONParser.parse(Array(line)), into: &sink)
            } catch {
                throw Failure(line: number, message: error.message)
            }
        }
    }

    private mutating func read<Sink: SampleSink>(
        _ json: JSON,
        into sink: inout Sink
    ) throws(Rejection) {
        let samples: [Sample]
        builder.removeAll()
        if let metric = json["metric"] {
            try add(labels: metric)
            samples = try Self.samples(json)
        } else {
            guard let name = json["name"]?.string else {
                throw Rejection(.badRequest, "A line has a metric, or a name.")
            }
            builder.append(name: Labels.nameLabel, value: name)
            if let labels = json["labels"], !labels.isNull { try add(labels: labels) }
            guard let value = json["value"].flatMap(Self.number) else {
                throw Rejection(.badRequest, "value is no number.")
            }
            let at = try json["at"].map(Self.time) ?? now
            samples = [Sample(at: at, value: value)]
        }
        guard !samples.isEmpty else { return }
        do throws(LabelFault) {
            try builder.finish()
        } catch {
            refused[error, default: 0] += samples.count
            return
        }
        sink.begin(series: builder.canonical.bytes.span.bytes)
        for sample in samples { sink.append(sample) }
    }

    private mutating func add(labels: JSON) throws(Rejection) {
        guard case .object(let members) = labels else {
            throw Rejection(.badRequest, "Labels are an object of texts.")
        }
        for member in members {
            guard let value = member.value.string else {
                throw Rejection(.badRequest, "Labels are an object of texts.")
            }
            builder.append(name: member.key, value: value)
        }
    }

    private static func samples(_ json: JSON) throws(Rejection) -> [Sample] {
        guard let values = json["values"]?.array, let times = json["timestamps"]?.array,
            values.count == times.count
        else { throw Rejection(.badRequest, "values and timestamps are lists of one length.") }
        var samples: [Sample] = []
        samples.reserveCapacity(values.count)
        for (value, at) in zip(values, times) {
            // Null stands for what JSON can't say: not a number.
            if value.isNull { continue }
            guard let number = number(value) else {
                throw Rejection(.badRequest, "values has something that is no number.")
            }
            samples.append(Sample(at: try time(at), value: number))
        }
        return samples
    }

    private static func time(_ json: JSON) throws(Rejection) -> Int64 {
        guard let time = json.int else {
            throw Rejection(.badRequest, "Times are whole milliseconds since 1970.")
        }
        return time
    }

    private static func number(_ json: JSON) -> Double? {
        switch json {
        case .int(let value): return Double(value)
        case .double(let value): return value
        case .string(let text): return NumberText.double(text)
        default: return nil
        }
    }
}
