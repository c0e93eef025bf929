/// Certificates for one test, made by the openssl command in a folder of their own.

import CLinux
import Glibc
import Testing

final class Certificates: Sendable {
    let folder: String
    var certificate: String { folder + "/certificate.pem" }
    var key: String { folder + "/key.pem" }

    /// For "localhost" and 127.0.0.1, signed by itself.
    init() throws {
        var template = Array("/tmp/reactor-tls-XXXXXX".utf8CString)
        folder = String(cString: try #require(mkdtemp(&template)))
        try renew()
    }

    deinit {
        for name in ["certificate.pem", "key.pem"] { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    /// Another key and certificate in the same files.
    func renew() throws {
        try Self.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ])
    }

    func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }

    private static func run(_ arguments: [String]) throws {
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var process = pid_t()
        try #require(posix_spawnp(&process, "openssl", &actions, nil, &words, environ) == 0)
        var status: Int32 = -1
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        try #require(status == 0)
    }
}
