/// Why the hub can't start with its admission settings.
package enum AdmissionError: Error, CustomStringConvertible {
    /// Counted from 1, as no key may be shown.
    case secret(number: Int, KeyError)
    case publicKey(number: Int, KeyError)
    case keySet(KeyError)
    case keys(KeyError)
    case revocations(RevocationFileError)

    package var description: String {
        switch self {
        case .secret(let number, let error): "token secret \(number): \(error)"
        case .publicKey(let number, let error): "public key \(number): \(error)"
        case .keySet(let error), .keys(let error): error.description
        case .revocations(let error): "revocations: \(error)"
        }
    }
}
