import CRDT

/// How operations become edits of a document.
extension DocumentOperation {
    /// Finds the type that it is about; the document is as the operations before it leave it.
    func target(in document: YDocument) throws(YEditError) -> YTypeReference {
        var type = YTypeReference.root(root)
        for step in path {
            let child =
                switch step {
                case .key(let key): document.child(key, of: type)
                case .index(let index): document.child(at: index, of: type)
                }
            guard let child else { throw .noSuchType }
            type = child
        }
        return type
    }

    func perform(_ edit: inout YEdit, on type: YTypeReference) throws(YEditError) {
        switch work {
        case .insertText(let text, let index, let attributes):
            try edit.insert(text, at: index, in: type, attributes: attributes)
        case .insertEmbed(let value, let index): try edit.insertEmbed(value, at: index, in: type)
        case .insertValues(let values, let index): try edit.insert(values, at: index, in: type)
        case .push(let values): try edit.push(values, in: type)
        case .delete(let range): try edit.delete(range, in: type)
        case .format(let range, let attributes):
            try edit.format(range, in: type, attributes: attributes)
        case .setText(let text): try edit.setText(text, in: type)
        case .set(let key, let value): try edit.set(key, to: value, in: type)
        case .setType(let key, let kind): _ = try edit.setType(key, to: kind, in: type)
        case .insertType(let kind, let index):
            _ = try edit.insertType(kind, at: index, in: type)
        case .remove(let key): try edit.remove(key, in: type)
        }
    }
}
