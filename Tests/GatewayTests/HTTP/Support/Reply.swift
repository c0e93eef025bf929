import Hub

/// A response as it came over the socket.
struct Reply: Sendable {
    let status: Int
    /// With names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSON? { try? JSONParser.parse(body) }

    /// The code of the error in the body.
    var code: String? { json?["error"]?["code"]?.string }
}
