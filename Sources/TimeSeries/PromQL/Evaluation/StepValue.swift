/// What an expression is at all steps. A range vector is none: it lives in its function.
enum StepValue: Sendable {
    case scalar([Double])
    case vector(StepVector)
    case string(String)

    func repeated(_ count: Int) -> StepValue {
        switch self {
        case .scalar(let values): .scalar(Array(repeating: values.first ?? .nan, count: count))
        case .vector(let vector): .vector(vector.repeated(count))
        case .string: self
        }
    }
}
