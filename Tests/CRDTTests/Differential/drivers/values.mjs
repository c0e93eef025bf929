// Values of a case, as they travel in JSON, and the one text form that every engine's values
// are compared in.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
export const Y = require("yjs");

/** A value of an edit: JSON, and one-key objects for what JSON has no word for. */
export function valueFrom(json) {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map(valueFrom);
  if ("undefined" in json) return undefined;
  if ("bigint" in json) return BigInt(json.bigint);
  if ("float" in json) return Buffer.from(json.float, "hex").readDoubleBE(0);
  if ("bytes" in json) return new Uint8Array(Buffer.from(json.bytes, "base64"));
  if ("type" in json) return typeFrom(json);
  return Object.fromEntries(json.object.map(([key, value]) => [key, valueFrom(value)]));
}

function typeFrom({ type, init, guid, name }) {
  switch (type) {
    case "map":
      return new Y.Map(init.map(([key, value]) => [key, valueFrom(value)]));
    case "array":
      return Y.Array.from(init.map(valueFrom));
    case "text":
      return new Y.Text(init);
    case "xmltext":
      return new Y.XmlText(init);
    case "element":
      return new Y.XmlElement(name);
    case "doc":
      return new Y.Doc({ guid, autoLoad: init === 1, meta: init === 2 ? { q: 1 } : null });
    default:
      throw new Error(`no type ${type}`);
  }
}

const quoted = (text) => `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;

function numberText(value) {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return `f${bytes.toString("hex")}`;
}

function objectText(entries) {
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, value]) => `${quoted(key)}:${canonical(value)}`).join(",")}}`;
}

export function canonical(value) {
  if (value === undefined) return "undefined";
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return quoted(value);
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")}`;
  if (value instanceof Y.Doc) return `{"guid":${quoted(value.guid)}}`;
  if (value instanceof Y.XmlFragment || value instanceof Y.Text) return quoted(value.toString());
  if (value instanceof Y.Array) return `[${value.toArray().map(canonical).join(",")}]`;
  if (value instanceof Y.Map) return objectText([...value.entries()]);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return objectText(Object.entries(value));
}

export const deltaText = (text) =>
  `[${text
    .toDelta()
    .map(({ insert, attributes }) => `[${canonical(insert)},${canonical(attributes ?? null)}]`)
    .join(",")}]`;

/** Everything that can be read of a document, by its four roots. */
export function reading(doc) {
  const text = doc.getText("t");
  return {
    text: text.toString(),
    delta: deltaText(text),
    map: canonical(doc.getMap("m")),
    array: canonical(doc.getArray("a")),
    xml: doc.getXmlFragment("x").toString(),
  };
}
