import Foundation
import Glibc

/// An nginx of the machine in front of an upstream, with connections that are kept and reused.
final class NginxProcess: Sendable {
    private let process: Process
    private let folder: URL

    init(port: UInt16, upstream: UInt16) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "nginx-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "nginx.conf")
        let text = Self.configuration(port: port, upstream: upstream, folder: folder.path)
        try text.write(to: file, atomically: true, encoding: .utf8)
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nginx", "-p", folder.path, "-c", file.path, "-e", "stderr"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<500 {
            if (try? TestSocket(port: port)) != nil { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SocketError.ended("nginx did not start")
    }

    func stop() async {
        // The thread that started it has signals blocked, and it inherits that: only this gets in.
        kill(process.processIdentifier, SIGKILL)
        _ = try? await onOwnThread { [process] in process.waitUntilExit() }
        try? FileManager.default.removeItem(at: folder)
    }

    private static func configuration(port: UInt16, upstream: UInt16, folder: String) -> String {
        """
        daemon off;
        master_process off;
        pid \(folder)/nginx.pid;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path \(folder)/body;
            proxy_temp_path \(folder)/proxy;
            fastcgi_temp_path \(folder)/fastcgi;
            uwsgi_temp_path \(folder)/uwsgi;
            scgi_temp_path \(folder)/scgi;
            upstream hub { server 127.0.0.1:\(upstream); keepalive 4; }
            map $http_upgrade $hub_connection { default upgrade; "" ""; }
            server {
                listen 127.0.0.1:\(port);
                location / {
                    proxy_pass http://hub;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $hub_connection;
                    proxy_set_header X-Forwarded-For $remote_addr;
                }
            }
        }
        """
    }
}
