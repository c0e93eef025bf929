import TimeSeries

/// The native `push`: samples of one metric, `{"samples":[{"labels":{…},"value":1,"at":ms},…]}`.
///
/// The topic's name is the metric's: who may push to `stream:cpu` names no other.
struct MetricPush: Sendable {
    static let samplesMaximum = 10_000

    let batches: [ShardBatch]

    init(_ fields: JSON, to topic: TopicID, at now: Timestamp) throws(Rejection) {
        guard let name = topic.stream, !name.contains("{") else {
            throw Rejection(.badTopic, "push needs the topic of a metric, such as stream:cpu.")
        }
        guard let list = fields["data"]?["samples"]?.array else {
            throw Rejection(.badRequest, "data.samples: must be a list.")
        }
        guard list.count <= Self.samplesMaximum else {
            throw Rejection(.tooLarge, "data.samples: has at most \(Self.samplesMaximum) entries.")
        }
        var batches = ShardBatches()
        for sample in list {
            let labels = try Self.labels(sample["labels"] ?? .null, name)
            guard let value = sample["value"]?.number else {
                throw Rejection(.badRequest, "data.samples: each has a value, a number.")
            }
            let at = try Fields(sample).optionalTime("at") ?? now
            batches.begin(series: labels.bytes.span.bytes)
            batches.append(Sample(at: at.milliseconds, value: value))
        }
        self.batches = batches.finish()
    }

    private static func labels(_ json: JSON, _ name: String) throws(Rejection) -> Labels {
        var labels = [(Labels.nameLabel, name)]
        switch json {
        case .null: break
        case .object(let members):
            for member in members {
                guard let value = member.value.string, member.key != Labels.nameLabel else {
                    throw Rejection(.badRequest, "labels: are names and texts, without a name.")
                }
                labels.append((member.key, value))
            }
        default: throw Rejection(.badRequest, "labels: must be an object.")
        }
        return Labels(labels)
    }
}
