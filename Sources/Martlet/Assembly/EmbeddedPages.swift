import Gateway
import Pages

/// The pages that the C compiler put into the binary, as the HTTP plane takes them.
enum EmbeddedPages {
    static var all: [Page] {
        (0..<martlet_pages_count).compactMap { index in
            guard let page = martlet_page_at(index)?.pointee else { return nil }
            return Page(
                path: String(cString: page.path),
                contentType: String(cString: page.type),
                bytes: Array(UnsafeBufferPointer(start: page.bytes, count: page.length))
            )
        }
    }
}
