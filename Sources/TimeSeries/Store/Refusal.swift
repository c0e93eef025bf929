/// Why a sample is not taken.
package enum Refusal: Int, Sendable, Hashable, CaseIterable {
    /// Further behind the series' newest than the window for late samples.
    case tooOld
    case tooFarInFuture
    /// Older than samples are kept.
    case outOfBounds
    /// The shard has as many series as it may.
    case tooManySeries
    /// Too many labels, or too long ones.
    case labelLimits
    /// No labels, or none in canonical form.
    case badLabels

    /// The word that figures and replies have for it.
    package var word: String {
        switch self {
        case .tooOld: "too_old"
        case .tooFarInFuture: "too_far_in_future"
        case .outOfBounds: "out_of_bounds"
        case .tooManySeries: "too_many_series"
        case .labelLimits: "label_limits"
        case .badLabels: "bad_labels"
        }
    }
}
