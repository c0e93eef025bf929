/// Requests as text.
enum Requests {
    static func get(_ target: String, _ fields: String...) -> String {
        text("GET", target, fields, nil)
    }

    static func head(_ target: String) -> String {
        text("HEAD", target, [], nil)
    }

    static func make(
        _ method: String,
        _ target: String,
        json: String? = nil,
        _ fields: String...
    ) -> String {
        text(method, target, fields, json)
    }

    private static func text(
        _ method: String,
        _ target: String,
        _ fields: [String],
        _ json: String?
    ) -> String {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: hub.example\r\n"
        for field in fields { text += field + "\r\n" }
        if let json {
            text += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n"
        }
        return text + "\r\n" + (json ?? "")
    }
}
