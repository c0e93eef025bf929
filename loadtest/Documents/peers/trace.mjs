// Makes, of an editing trace, what every engine is measured with: `node trace.mjs TRACE FOLDER`
// writes the single v1 updates, the whole state in both formats, and the text.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const Y = createRequire(import.meta.url)("yjs");
const [trace, folder] = process.argv.slice(2);

const bytes = readFileSync(trace);
const { txns, endContent } = JSON.parse(trace.endsWith(".gz") ? gunzipSync(bytes) : bytes);

const doc = new Y.Doc();
// As long as the ids that Yjs gives itself; sizes depend on it.
doc.clientID = 2_863_311_531;
const text = doc.getText("text");
const pieces = [];
doc.on("update", (update) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(update.length);
  pieces.push(length, update);
});
for (const { patches } of txns) {
  doc.transact(() => {
    for (const [position, deleted, inserted] of patches) {
      if (deleted > 0) text.delete(position, deleted);
      if (inserted !== "") text.insert(position, inserted);
    }
  });
}
if (text.toString() !== endContent) throw new Error("the trace does not end in its own text");

writeFileSync(join(folder, "updates"), Buffer.concat(pieces));
writeFileSync(join(folder, "state-v1"), Y.encodeStateAsUpdate(doc));
writeFileSync(join(folder, "state-v2"), Y.encodeStateAsUpdateV2(doc));
writeFileSync(join(folder, "text"), endContent);
