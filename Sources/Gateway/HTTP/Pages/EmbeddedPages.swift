import Pages

/// The pages in the binary, as the C compiler put them there.
package enum EmbeddedPages {
    /// Copied once, at the start; the table's memory is constant and is there for ever, and its
    /// lengths are those of its arrays.
    package static var all: [Page] {
        (0..<martlet_pages_count()).compactMap { index in
            guard let page = martlet_page_at(index)?.pointee,
                let path = page.path, let type = page.type
            else { return nil }
            return Page(
                path: String(cString: path),
                contentType: String(cString: type),
                bytes: Array(UnsafeBufferPointer(start: page.bytes, count: page.length)),
                isTemplate: page.is_template != 0,
                hasBelow: page.has_below != 0
            )
        }
    }
}
