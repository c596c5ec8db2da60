/** The grammar over real YAML, by the engine that the editor has: which scopes the parts of conditions get. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
const GRAMMARS: Readonly<Record<string, string>> = {
  "source.yaml": require.resolve("tm-grammars/grammars/yaml.json"),
  "mutandis.condition": new URL("../syntaxes/condition.tmLanguage.json", import.meta.url).pathname,
  "mutandis.injection": new URL("../syntaxes/injection.tmLanguage.json", import.meta.url).pathname,
};

await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
    createOnigString: (text) => oniguruma.createOnigString(text),
  }),
  loadGrammar: (scope) => {
    const path = GRAMMARS[scope];
    return Promise.resolve(path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, "utf8"), path));
  },
  getInjections: (scope) => (scope === "source.yaml" ? ["mutandis.injection"] : undefined),
});

/** Each stretch of the text that is told as a part of a condition, with the last of its scopes. */
async function parts(text: string): Promise<[string, string][]> {
  const grammar = await registry.loadGrammar("source.yaml");
  assert.ok(grammar);
  const found: [string, string][] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const read = grammar.tokenizeLine(line, stack);
    stack = read.ruleStack;
    for (const token of read.tokens) {
      const scope = token.scopes.at(-1) ?? "";
      const written = line.slice(token.startIndex, token.endIndex);
      if (scope.endsWith(".mutandis") && !scope.startsWith("meta.") && written.trim()) {
        found.push([written, scope.replace(".mutandis", "")]);
      }
    }
  }
  return found;
}

const OBJECT = "variable.other.object";
const DOT = "punctuation.accessor";
const PROPERTY = "variable.other.property";
const WORD = "keyword.other";
const LOGIC = "keyword.operator.logical";

function fact(name: string): [string, string][] {
  const [term = "", attribute = ""] = name.split(".");
  return [
    [term, OBJECT],
    [".", DOT],
    [attribute, PROPERTY],
  ];
}

test("a condition after its key", async () => {
  assert.deepEqual(await parts("    when: stay.days > 30 days and stay.reason is illness # a remark"), [
    ...fact("stay.days"),
    [">", "keyword.operator.comparison"],
    ["30", "constant.numeric"],
    ["days", "keyword.other.unit"],
    ["and", LOGIC],
    ...fact("stay.reason"),
    ["is", WORD],
    ["illness", "constant.other.value"],
  ]);
});

test("a condition on its own lines, which end where the indentation does", async () => {
  const text = "    unless: |\n      visit.overheard\n      or not visit.ended\n    note: no visit.overheard here";
  assert.deepEqual(await parts(text), [
    ...fact("visit.overheard"),
    ["or", LOGIC],
    ["not", LOGIC],
    ...fact("visit.ended"),
  ]);
});

test("grounds and lists of conditions", async () => {
  const text = "    grounds:\n      1: visit.overheard\n      2: |\n        visit.ended\n    when:\n      - stay.begun\n";
  assert.deepEqual(await parts(text), [...fact("visit.overheard"), ...fact("visit.ended"), ...fact("stay.begun")]);
});

test("provisions are no numbers", async () => {
  const line = "    when: visit.banned_under falls under (1) proviso, 43(5)1 to act/43(5)7 and 96(1) applies";
  assert.deepEqual(await parts(line), [
    ...fact("visit.banned_under"),
    ["falls", WORD],
    ["under", WORD],
    ["(1) proviso", "constant.other.provision"],
    ["43(5)1", "constant.other.provision"],
    ["to", WORD],
    ["act/43(5)7", "constant.other.provision"],
    ["and", LOGIC],
    ["96(1)", "constant.other.provision"],
    ["applies", WORD],
  ]);
});

test("dates, sums and the clock", async () => {
  assert.deepEqual(await parts("    requires: stay.ended_on < 2019-04-23 or fee.paid > 5000 won or stay.ended_on <= today"), [
    ...fact("stay.ended_on"),
    ["<", "keyword.operator.comparison"],
    ["2019-04-23", "constant.numeric.date"],
    ["or", LOGIC],
    ...fact("fee.paid"),
    [">", "keyword.operator.comparison"],
    ["5000", "constant.numeric"],
    ["won", "keyword.other.unit"],
    ["or", LOGIC],
    ...fact("stay.ended_on"),
    ["<=", "keyword.operator.comparison"],
    ["today", "constant.language"],
  ]);
});

test("what is written for a person is no condition", async () => {
  const text = [
    "law: act # when: visit.overheard",
    "title: Visits and calls",
    "rules:",
    "  - at: (1)",
    "    summary: A visit is stopped when visit.overheard holds.",
    "    note: |",
    "      when: visit.overheard",
    "      The text is silent.",
    "    may: stop visit",
    "not_modelled:",
    "  (2): a purpose, and no more",
  ].join("\n");
  assert.deepEqual(await parts(text), []);
});
