import Glibc

/// Why a load test could not be run; that a server failed it is in the report.
struct LoadFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ description: String, _ number: Int32) {
        self.description = "\(description): \(String(cString: strerror(number)))"
    }
}
