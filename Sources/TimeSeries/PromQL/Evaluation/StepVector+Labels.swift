/// `label_replace` and `label_join`.
extension StepVector {
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
            let text = template.filled(from: value, captures)
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
        joined.labels = labels.map { labels in
            let values = sources.map { labels[$0] ?? "" }
            return labels.setting(target, values.joined(separator: separator))
        }
        return try joined.united()
    }
}
