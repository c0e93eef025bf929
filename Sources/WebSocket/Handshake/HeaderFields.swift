/// The header fields of a head, in the order in which they came.
package struct HeaderFields: Equatable, Sendable {
    package struct Field: Equatable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The value of the first field with this name, in any case.
    package subscript(name: String) -> String? {
        fields.first { $0.name.isEqualIgnoringCase(name) }?.value
    }

    /// The values of all fields with this name.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name.isEqualIgnoringCase(name) }.map(\.value)
    }

    /// The elements of a comma-separated list; several fields of one name are one list
    /// (RFC 9110, section 5.6.1).
    package func list(_ name: String) -> [String] {
        values(of: name).flatMap { value in
            value.split(separator: ",").compactMap { element in
                let trimmed = String(element).trimmingBlanks()
                return trimmed.isEmpty ? nil : trimmed
            }
        }
    }

    /// Whether the list holds the token, in any case.
    package func list(_ name: String, contains token: String) -> Bool {
        list(name).contains { $0.isEqualIgnoringCase(token) }
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Field($0.0, $0.1) })
    }
}
