/// The TLS of one connection. Answers are those of a system call: zero or more on success (a read
/// of zero is the peer's orderly end), else a negative error number; EAGAIN means that the socket
/// has to become ready first.

import COpenSSL
import Glibc

final class TLSSession {
    private let session: OpaquePointer
    /// Keeps what OpenSSL's callbacks read.
    private let context: TLSContext
    /// Whether the last EAGAIN waits for the socket to take bytes.
    private(set) var wantsWrite = false
    /// What was wrong with the handshake or a record.
    private var failure: String?

    init?(
        _ session: OpaquePointer,
        descriptor: Int32,
        context: TLSContext,
        serverName: String?
    ) {
        self.session = session
        self.context = context
        guard SSL_set_fd(session, descriptor) == 1 else { return nil }
        switch context.role {
        case .server:
            SSL_set_accept_state(session)
        case .client(let trust, _):
            SSL_set_connect_state(session)
            if let serverName { expect(serverName, isVerified: trust != .anyone) }
        }
    }

    deinit {
        SSL_free(session)
    }

    /// The certificate has to be this host's. A name is also sent, for servers with several.
    private func expect(_ host: String, isVerified: Bool) {
        let isAddress = SocketAddress(host: host, port: 0) != nil
        if !isAddress { _ = copenssl_set_server_name(session, host) }
        guard isVerified else { return }
        if isAddress {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host)
        } else {
            SSL_set1_host(session, host)
        }
    }

    /// What ALPN agreed on.
    var negotiatedProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(session, &name, &length)
        guard let name, length > 0 else { return nil }
        return String(
            decoding: UnsafeBufferPointer(start: name, count: Int(length)),
            as: UTF8.self
        )
    }

    /// "TLSv1.3", say.
    var version: String { String(cString: SSL_get_version(session)) }

    func handshake() -> Int {
        ERR_clear_error()
        let result = SSL_do_handshake(session)
        return result == 1 ? 1 : answer(result)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        ERR_clear_error()
        let result = SSL_read(session, buffer.baseAddress, Int32(buffer.count))
        return result > 0 ? Int(result) : answer(result)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        ERR_clear_error()
        let result = SSL_write(session, bytes.baseAddress, Int32(bytes.count))
        let count = result > 0 ? Int(result) : answer(result)
        return count == 0 ? -Int(EPIPE) : count
    }

    /// Tells the peer that nothing more will come.
    func endOutput() -> Int {
        ERR_clear_error()
        let result = SSL_shutdown(session)
        return result >= 0 ? 0 : answer(result)
    }

    /// What an error number of this session means for its connection.
    func reason(for answer: Int) -> EndReason {
        if let failure { return .tls(failure) }
        return answer == -Int(ECONNRESET) || answer == 0 ? .peerClosed : .broken(Int32(-answer))
    }

    private func answer(_ result: Int32) -> Int {
        let number = errno
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ:
            wantsWrite = false
            return -Int(EAGAIN)
        case SSL_ERROR_WANT_WRITE:
            wantsWrite = true
            return -Int(EAGAIN)
        case SSL_ERROR_ZERO_RETURN:
            return 0
        case SSL_ERROR_SYSCALL:
            return number == 0 ? -Int(ECONNRESET) : -Int(number)
        default:
            return failed()
        }
    }

    private func failed() -> Int {
        if copenssl_is_truncation(ERR_peek_error()) != 0 {
            ERR_clear_error()
            return -Int(ECONNRESET)
        }
        let verdict = SSL_get_verify_result(session)
        let reason = TLSError.takeReason()
        failure =
            verdict == X509_V_OK
            ? reason : "\(reason): \(String(cString: X509_verify_cert_error_string(verdict)))"
        return -Int(EPROTO)
    }
}
