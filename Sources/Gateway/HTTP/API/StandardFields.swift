import HTTPTypes

/// The header fields that whole classes of responses share.
enum StandardFields {
    /// On every response: nothing of ours is sniffed, framed, or read by other sites.
    private static let everywhere: HTTPFields = {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .xContentTypeOptions, value: "nosniff"))
        fields.append(HTTPField(name: .referrerPolicy, value: "no-referrer"))
        fields.append(HTTPField(name: .crossOriginResourcePolicy, value: "same-origin"))
        return fields
    }()

    private static let inert = "default-src 'none'; frame-ancestors 'none'"

    /// JSON made for one request.
    static let json: HTTPFields = {
        var fields = everywhere
        fields.append(HTTPField(name: .contentSecurityPolicy, value: inert))
        fields.append(HTTPField(name: .contentType, value: "application/json"))
        fields.append(HTTPField(name: .cacheControl, value: "no-store"))
        return fields
    }()

    /// A document that stays the same until the next release.
    static func document(type: String, tag: String) -> HTTPFields {
        var fields = everywhere
        fields.append(HTTPField(name: .contentSecurityPolicy, value: inert))
        fields.append(HTTPField(name: .contentType, value: type))
        fields.append(HTTPField(name: .cacheControl, value: "no-cache"))
        fields.append(HTTPField(name: .eTag, value: tag))
        return fields
    }

    /// An HTML page whose scripts and styles carry the nonce.
    static func page(nonce: String, tag: String) -> HTTPFields {
        var fields = everywhere
        fields.append(HTTPField(name: .contentSecurityPolicy, value: policy(nonce: nonce)))
        fields.append(HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"))
        fields.append(HTTPField(name: .contentType, value: "text/html; charset=utf-8"))
        fields.append(HTTPField(name: .cacheControl, value: "no-cache"))
        fields.append(HTTPField(name: .eTag, value: tag))
        return fields
    }

    static func text(type: String) -> HTTPFields {
        var fields = everywhere
        fields.append(HTTPField(name: .contentSecurityPolicy, value: inert))
        fields.append(HTTPField(name: .contentType, value: type))
        fields.append(HTTPField(name: .cacheControl, value: "no-store"))
        return fields
    }

    private static func policy(nonce: String) -> String {
        """
        default-src 'none'; script-src 'self' 'nonce-\(nonce)'; style-src 'self' 'nonce-\(nonce)'; \
        connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; \
        form-action 'self'; frame-ancestors 'none'
        """
    }
}

extension HTTPField.Name {
    /// A name that is written here and nowhere else read from input.
    private static func own(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("A field name of ours is a token.")
        }
        return name
    }

    static let referrerPolicy = own("Referrer-Policy")
    static let crossOriginOpenerPolicy = own("Cross-Origin-Opener-Policy")
    static let idempotencyKey = own("Idempotency-Key")
    static let guestName = own("X-Martlet-Name")
    static let position = own("X-Martlet-Position")
    static let forwardedFor = own("X-Forwarded-For")
}
