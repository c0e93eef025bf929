/// Which series of two vectors belong together.
struct VectorMatching: Sendable {
    enum Cardinality: Sendable {
        case oneToOne
        /// `group_left`: many on the left for each on the right.
        case manyToOne
        /// `group_right`.
        case oneToMany
    }

    var cardinality = Cardinality.oneToOne
    /// `on`: the labels that must be equal; else those that need not be.
    var isOn = false
    var labels: [String] = []
    /// Labels of the "one" side that the result gets.
    var included: [String] = []
}
