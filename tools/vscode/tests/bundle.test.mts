/** The extension as it is packed: it loads, and begins by what a person can see of it. Needs `npm run build`. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import Module from "node:module";
import { test } from "node:test";

interface Extension {
  activate(context: { subscriptions: unknown[] }): void;
  deactivate(): Promise<void>;
}

const commands: string[] = [];
const nothing = { dispose: () => undefined };
/** As much of the editor as the extension and its client ask for before a file is open. */
const known: Readonly<Record<string, unknown>> = {
  commands: { registerCommand: (name: string) => (commands.push(name), nothing) },
  workspace: {
    onDidOpenTextDocument: () => nothing,
    onDidChangeConfiguration: () => nothing,
    textDocuments: [],
  },
};
const editor: object = new Proxy(known, {
  get: (target, name) => (typeof name === "string" && name in target ? target[name] : class Stub { readonly known = false; }),
});

type Load = (request: string, ...rest: unknown[]) => unknown;
const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...rest) => (request === "vscode" ? editor : load(request, ...rest));

test("the bundle loads and offers to restart the server", async () => {
  const extension = createRequire(import.meta.url)("../dist/extension.js") as Extension;
  const subscriptions: unknown[] = [];
  extension.activate({ subscriptions });
  assert.deepEqual(commands, ["mutandis.restart"]);
  assert.equal(subscriptions.length, 3);
  await extension.deactivate();
});
