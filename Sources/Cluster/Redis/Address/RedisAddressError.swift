/// Why an address of Redis can't be read. Parts that could be a password are
/// not repeated.

package enum RedisAddressError: Error, Hashable {
    case schemeMissing
    case schemeUnknown(String)
    case credentialsIncomplete
    case percentEncodingInvalid
    case hostMissing
    case hostInvalid
    case portInvalid
    case masterMissing
    case databaseInvalid(String)
    case optionsUnknown
}

extension RedisAddressError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .schemeMissing:
            "an address of Redis begins with redis://, rediss:// or redis+sentinel://"
        case .schemeUnknown(let scheme):
            "\(scheme.debugDescription) is no scheme of Redis: redis://, rediss://, "
                + "redis+sentinel:// or rediss+sentinel:// begins its address"
        case .credentialsIncomplete:
            "before the @ stand user:password, or :password for the default user"
        case .percentEncodingInvalid:
            "a % in an address of Redis is followed by two hexadecimal digits, and makes UTF-8"
        case .hostMissing:
            "the address of Redis names no host"
        case .hostInvalid:
            "the address of Redis has a host that is none: an IPv6 address stands in brackets"
        case .portInvalid:
            "a port of Redis is a number from 1 to 65535"
        case .masterMissing:
            "an address of Sentinel ends with /master: the name of the master that it watches"
        case .databaseInvalid(let database):
            "\(database.debugDescription) is no number of a database"
        case .optionsUnknown:
            "an address of Redis has no ?options and no #fragment"
        }
    }
}
