/// Why a socket could not be set up.

import Glibc

package enum SocketError: Error, Hashable {
    case system(call: String, number: Int32, address: SocketAddress?)
    case unresolved(host: String, reason: String)
    case socketFileInUse(path: String)
}

extension SocketError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let call, let number, let address):
            let place = address.map { " for \($0)" } ?? ""
            return "\(call)\(place): \(String(cString: strerror(number)))"
        case .unresolved(let host, let reason):
            return "\(host) has no address: \(reason)"
        case .socketFileInUse(let path):
            return "\(path) is not a socket, or another process listens on it"
        }
    }
}
