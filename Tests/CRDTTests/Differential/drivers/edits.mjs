// One edit of a case, carried out on whatever type its path leads to. Numbers in an edit are
// taken modulo what is there, so that every edit fits every document.
import { Y, valueFrom } from "./values.mjs";

const roots = {
  t: (doc) => doc.getText("t"),
  m: (doc) => doc.getMap("m"),
  a: (doc) => doc.getArray("a"),
  x: (doc) => doc.getXmlFragment("x"),
};

const isType = (value) => value instanceof Y.AbstractType;

function childrenOf(type) {
  if (type instanceof Y.Map) {
    return [...type.keys()].sort().map((key) => type.get(key)).filter(isType);
  }
  if (type instanceof Y.Text) return [];
  return type.toArray().filter(isType);
}

function targetOf(doc, { root, path }) {
  let target = roots[root](doc);
  for (const step of path) {
    const children = childrenOf(target);
    if (children.length === 0) break;
    target = children[step % children.length];
  }
  return target;
}

const attributesOf = (edit) =>
  Object.fromEntries(edit.attributes.map(([key, value]) => [key, valueFrom(value)]));

/**
 * The position, or the next one if it is within a surrogate pair. A format that changes nothing
 * there would still cut the pair, but for its own client only: Yjs differs from itself then.
 */
function outsidePairs(text, index) {
  const units = text
    .toDelta()
    .map(({ insert }) => (typeof insert === "string" ? insert : "-"))
    .join("");
  const isLow = (unit) => unit >= "\udc00" && unit <= "\udfff";
  return index < units.length && isLow(units[index]) ? index + 1 : index;
}

function format(text, at, count, attributes) {
  const start = outsidePairs(text, at);
  const length = text.length - start;
  if (length <= 0) return;
  const end = outsidePairs(text, start + 1 + (count % length));
  text.format(start, end - start, attributes);
}

function editText(text, edit) {
  const length = text.length;
  const at = edit.at % (length + 1);
  switch (edit.act) {
    case "insert":
      return text.insert(at, edit.text);
    case "insertFormatted":
      return text.insert(at, edit.text, attributesOf(edit));
    case "embed":
      // Nobody has a word of XML for it.
      if (text instanceof Y.XmlText) return;
      return text.insertEmbed(at, valueFrom(edit.embed), attributesOf(edit));
    case "format":
      return format(text, at, edit.count, attributesOf(edit));
    default:
      if (length > at) text.delete(at, 1 + (edit.count % (length - at)));
  }
}

function editMap(map, edit) {
  if (edit.act === "delete") return map.delete(edit.key);
  return map.set(edit.key, valueFrom(edit.values[0]));
}

function editList(list, values, edit) {
  const length = list.length;
  const at = edit.at % (length + 1);
  if (edit.act !== "delete") return list.insert(at, values);
  if (length > at) list.delete(at, 1 + (edit.count % (length - at)));
}

const node = (edit) => valueFrom(edit.node);

function editElement(element, edit) {
  if (edit.act === "format") return element.setAttribute(edit.key, edit.text);
  if (edit.act === "embed") return element.removeAttribute(edit.key);
  return editList(element, [node(edit)], edit);
}

/** Does one edit within the transaction that is open. */
export function perform(doc, edit) {
  const target = targetOf(doc, edit);
  if (target instanceof Y.Text) return editText(target, edit);
  if (target instanceof Y.Map) return editMap(target, edit);
  if (target instanceof Y.XmlElement) return editElement(target, edit);
  if (target instanceof Y.XmlFragment) return editList(target, [node(edit)], edit);
  return editList(target, edit.values.map(valueFrom), edit);
}
