// Yjs, asked over standard input: one request as a line of JSON, one line as its answer.
// A request is a list of commands; bytes are base64.
import { createInterface } from "node:readline";
import { perform } from "./edits.mjs";
import { Y, reading } from "./values.mjs";

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const base64 = (array) => Buffer.from(array).toString("base64");

function openDoc({ client, gc }) {
  const doc = new Y.Doc({ gc });
  doc.clientID = client;
  return doc;
}

function stateOf(doc) {
  return {
    vector: base64(Y.encodeStateVector(doc)),
    v1: base64(Y.encodeStateAsUpdate(doc)),
    v2: base64(Y.encodeStateAsUpdateV2(doc)),
    reading: reading(doc),
  };
}

const exchange = (from, to) =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));

/** Everybody gets everything. Twice, for what one's own clean-up after the first time deletes. */
function settle(docs) {
  for (let round = 0; round < 2; round += 1) {
    for (const from of docs) for (const to of docs) if (from !== to) exchange(from, to);
  }
}

function runCase({ clients, steps }) {
  const docs = clients.map(openDoc);
  const updates = [];
  const made = [];
  for (const doc of docs) {
    doc.on("update", (update, origin) => {
      if (origin === "edit") updates.push(update) && made.push(update);
    });
  }
  for (const step of steps) {
    const doc = docs[step.who];
    if (step.edits) {
      doc.transact(() => step.edits.forEach((edit) => perform(doc, edit)), "edit");
    } else if (step.from !== undefined) {
      exchange(docs[step.from], doc);
    } else if (updates.length > 0) {
      for (const index of step.give) Y.applyUpdate(doc, updates[index % updates.length]);
    }
  }
  settle(docs);
  return { updates: made.map(base64), states: docs.map(stateOf) };
}

const apply = (doc, update, version) =>
  (version === 2 ? Y.applyUpdateV2 : Y.applyUpdate)(doc, bytes(update));

/** What a fresh document becomes of updates. */
function runLoad({ updates, version, gc }) {
  const doc = openDoc({ client: 1, gc: gc ?? true });
  for (const update of updates) apply(doc, update, version);
  return stateOf(doc);
}

/** The functions that work on updates alone. */
function runUpdates({ updates, vector }) {
  const merged = Y.mergeUpdates(updates.map(bytes));
  const mergedV2 = Y.mergeUpdatesV2(updates.map(bytes).map(Y.convertUpdateFormatV1ToV2));
  return {
    merged: base64(merged),
    mergedV2: base64(mergedV2),
    converted: updates.map((update) => base64(Y.convertUpdateFormatV1ToV2(bytes(update)))),
    diff: vector ? base64(Y.diffUpdate(merged, bytes(vector))) : undefined,
    vector: base64(Y.encodeStateVectorFromUpdate(merged)),
  };
}

/** What a client got, and edits on top of it: the update that the edits make. */
function runEdit({ updates, client, gc, edits }) {
  const doc = openDoc({ client, gc });
  for (const update of updates) apply(doc, update, 1);
  let made;
  doc.on("update", (update) => (made = base64(update)));
  doc.transact(() => edits.forEach((edit) => perform(doc, edit)));
  return { update: made, ...stateOf(doc) };
}

const commands = { case: runCase, load: runLoad, updates: runUpdates, edit: runEdit };

function answer(command) {
  try {
    return commands[command.do](command);
  } catch (error) {
    return { error: String(error.stack) };
  }
}

// Yjs says some things on the way; standard output is for answers alone.
for (const name of ["log", "info", "warn", "error"]) console[name] = () => {};
createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(JSON.parse(line).map(answer))}\n`);
});
