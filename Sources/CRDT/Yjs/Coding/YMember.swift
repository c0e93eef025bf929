/// One member of an object, or one attribute of a text.
package struct YMember: Sendable, Hashable {
    package var key: String
    package var value: YValue

    package init(key: String, value: YValue) {
        self.key = key
        self.value = value
    }
}
