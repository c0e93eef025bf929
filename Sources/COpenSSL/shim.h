// The parts of OpenSSL that Reactor speaks to: TLS contexts and connections. Much of OpenSSL's
// interface is function-like macros, which Swift can't call: they have a function here.
#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline int copenssl_set_minimum_tls12(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

static inline int copenssl_set_versions(SSL_CTX *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context, minimum)
        && SSL_CTX_set_max_proto_version(context, maximum);
}

// Idle connections give their record buffers back; a write may go on from another address, in part.
static inline void copenssl_set_modes(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
                                  | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                                     | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_read_ahead(context, 1);
}

// Sessions are resumed with tickets, so the server keeps none.
static inline void copenssl_keep_no_sessions(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
}

static inline int copenssl_set_server_name(SSL *connection, const char *name) {
    return (int)SSL_set_tlsext_host_name(connection, name);
}

// What the server accepts, in the wire's own form: a length byte before each name.
struct copenssl_protocols {
    unsigned int length;
    const unsigned char *bytes;
};

// RFC 7301, section 3.2: no name in common is a fatal alert.
static inline int copenssl_select_protocol(SSL *connection, const unsigned char **chosen,
                                           unsigned char *chosen_length,
                                           const unsigned char *offered,
                                           unsigned int offered_length, void *argument) {
    const struct copenssl_protocols *ours = (const struct copenssl_protocols *)argument;
    unsigned char *name = 0;
    (void)connection;
    if (SSL_select_next_proto(&name, chosen_length, ours->bytes, ours->length, offered,
                              offered_length)
        != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    *chosen = name;
    return SSL_TLSEXT_ERR_OK;
}

static inline void copenssl_offer_protocols(SSL_CTX *context, struct copenssl_protocols *ours) {
    SSL_CTX_set_alpn_select_cb(context, copenssl_select_protocol, ours);
}

// The peer closed its socket without saying so in TLS, as many do.
static inline int copenssl_is_truncation(unsigned long code) {
    return ERR_GET_LIB(code) == ERR_LIB_SSL
        && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
}

static inline int copenssl_is_key_mismatch(unsigned long code) {
    return ERR_GET_LIB(code) == ERR_LIB_X509 && ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH;
}

#endif
