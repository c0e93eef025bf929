// Yjs at the same work: `node --expose-gc engine.mjs FOLDER`, then one word a line on standard
// input. Each is answered by nanoseconds of wall time and a number of bytes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const Y = createRequire(import.meta.url)("yjs");
const folder = process.argv[2];
const file = (name) => new Uint8Array(readFileSync(join(folder, name)));
const text = readFileSync(join(folder, "text"), "utf8");

function load(state) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

function check(doc) {
  if (doc.getText("text").toString() !== text) throw new Error("the text is another one");
}

function timed(work, bytesOf = () => 0) {
  global.gc();
  const start = process.hrtime.bigint();
  const result = work();
  const nanoseconds = process.hrtime.bigint() - start;
  return [nanoseconds, bytesOf(result)];
}

function split(all) {
  const updates = [];
  const buffer = Buffer.from(all.buffer, all.byteOffset, all.byteLength);
  for (let at = 0; at < buffer.length; ) {
    const length = buffer.readUInt32LE(at);
    updates.push(new Uint8Array(buffer.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return updates;
}

function used() {
  global.gc();
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const state = file("state-v1");
const whole = load(state);
let updates = null;
const held = [];

const tasks = {
  load: () => timed(() => check(load(state))),
  apply: () => {
    updates ??= split(file("updates"));
    return timed(() => {
      const doc = new Y.Doc();
      for (const update of updates) Y.applyUpdate(doc, update);
      check(doc);
    });
  },
  encode1: () => timed(() => Y.encodeStateAsUpdate(whole), (bytes) => bytes.length),
  encode2: () => timed(() => Y.encodeStateAsUpdateV2(whole), (bytes) => bytes.length),
  memory: () => {
    const before = used();
    held.push(load(file("state-v1")));
    const after = used();
    held.pop();
    return [0, Math.max(after - before, 0)];
  },
};

createInterface({ input: process.stdin }).on("line", (task) => {
  const [nanoseconds, bytes] = tasks[task]();
  process.stdout.write(`${nanoseconds} ${bytes}\n`);
});
