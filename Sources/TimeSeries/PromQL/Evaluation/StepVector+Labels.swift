/// `label_replace` and `label_join`.
extension StepVector {
    /// Of a value that is made, as of one that is pushed: nested calls would multiply it.
    static let labelBytesMaximum = LabelLimits().valueBytesMaximum

    func replacingLabel(
        _ target: String,
        with replacement: String,
        from source: String,
        matching text: String
    ) throws(PromQLError) -> StepVector {
        guard let pattern = try? LabelPattern(text) else {
            throw .execution("invalid regular expression in label_replace(): \(text)")
        }
        guard target.isLabelName else {
            throw .execution("invalid destination label name in label_replace(): \(target)")
        }
        let template = CaptureTemplate(replacement, groups: pattern.groups)
        var replaced = self
        for row in rows {
            let value = Array((labels[row][source] ?? "").utf8)
            guard let captures = pattern.captures(in: value) else { continue }
            guard
                let text = template.filled(from: value, captures, upTo: Self.labelBytesMaximum)
            else { throw Self.tooLong("label_replace") }
            replaced.labels[row] = labels[row].setting(target, text)
        }
        return try replaced.united()
    }

    func joiningLabels(
        _ sources: [String],
        by separator: String,
        into target: String
    ) throws(PromQLError) -> StepVector {
        if let wrong = sources.first(where: { !$0.isLabelName }) {
            throw .execution("invalid source label name in label_join(): \(wrong)")
        }
        guard target.isLabelName else {
            throw .execution("invalid destination label name in label_join(): \(target)")
        }
        var joined = self
        for row in rows {
            let value = try Self.joined(sources, of: labels[row], by: separator)
            joined.labels[row] = labels[row].setting(target, value)
        }
        return try joined.united()
    }

    private static func joined(
        _ sources: [String],
        of labels: Labels,
        by separator: String
    ) throws(PromQLError) -> String {
        var joined = ""
        for (index, source) in sources.enumerated() {
            let gap = index == 0 ? "" : separator
            let value = labels[source] ?? ""
            // Before it is made.
            let length = joined.utf8.count + gap.utf8.count + value.utf8.count
            guard length <= labelBytesMaximum else { throw tooLong("label_join") }
            joined += gap
            joined += value
        }
        return joined
    }

    private static func tooLong(_ function: String) -> PromQLError {
        .execution("label value longer than \(labelBytesMaximum) bytes in \(function)()")
    }
}
