/// Something that live sessions must act on at once.
package enum AdmissionChange: Sendable {
    /// Sessions that it covers end with close code 4501.
    case revoked(Revocation)
}
