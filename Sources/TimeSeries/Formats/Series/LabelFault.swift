/// Why a series' labels are refused, and all its samples with it.
package enum LabelFault: String, Error, Sendable, Hashable, CaseIterable {
    /// No label `__name__`.
    case missingName = "missing_name"
    case emptyLabelName = "empty_label_name"
    case duplicateLabel = "duplicate_label"
    case invalidText = "invalid_utf8"
    case tooManyLabels = "too_many_labels"
    case labelTooLong = "label_too_long"
}

extension LabelFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingName: "the series has no metric name"
        case .emptyLabelName: "a label has an empty name"
        case .duplicateLabel: "a label is there twice"
        case .invalidText: "a label is not UTF-8"
        case .tooManyLabels: "there are too many labels"
        case .labelTooLong: "a label's name or value is too long"
        }
    }
}
