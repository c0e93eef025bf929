/// How OpenSSL's context is made from files.

import COpenSSL

extension TLSContext {
    static func make(
        _ role: Role,
        _ protocols: UnsafeMutablePointer<copenssl_protocols>
    ) throws(TLSError) -> OpaquePointer {
        ERR_clear_error()
        let method: OpaquePointer?
        switch role {
        case .server: method = TLS_server_method()
        case .client: method = TLS_client_method()
        }
        guard let context = SSL_CTX_new(method) else {
            throw .unavailable(reason: TLSError.takeReason())
        }
        do throws(TLSError) {
            guard copenssl_set_minimum_tls12(context) == 1 else {
                throw .unavailable(reason: TLSError.takeReason())
            }
            copenssl_set_modes(context)
            switch role {
            case .server(let identity):
                try load(identity, into: context)
                copenssl_keep_no_sessions(context)
                if protocols.pointee.length > 0 { copenssl_offer_protocols(context, protocols) }
            case .client(let trust, let identity):
                try load(trust, into: context)
                if let identity { try load(identity, into: context) }
                SSL_CTX_set_alpn_protos(
                    context,
                    protocols.pointee.bytes,
                    protocols.pointee.length
                )
            }
            return context
        } catch {
            SSL_CTX_free(context)
            throw error
        }
    }

    private static func load(
        _ identity: TLSContext.Identity,
        into context: OpaquePointer
    ) throws(TLSError) {
        let (certificates, key) = (identity.certificates, identity.key)
        guard SSL_CTX_use_certificate_chain_file(context, certificates) == 1 else {
            throw .certificateUnusable(path: certificates, reason: TLSError.takeReason())
        }
        guard SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 else {
            let code = ERR_peek_last_error()
            let reason = TLSError.takeReason()
            if copenssl_is_key_mismatch(code) != 0 {
                throw .keyMismatch(certificate: certificates, key: key)
            }
            throw .keyUnusable(path: key, reason: reason)
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            ERR_clear_error()
            throw .keyMismatch(certificate: certificates, key: key)
        }
    }

    private static func load(_ trust: Trust, into context: OpaquePointer) throws(TLSError) {
        switch trust {
        case .system:
            SSL_CTX_set_default_verify_paths(context)
        case .file(let path):
            guard SSL_CTX_load_verify_locations(context, path, nil) == 1 else {
                throw .trustUnusable(path: path, reason: TLSError.takeReason())
            }
        case .anyone:
            return SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    }
}
