import assert from "node:assert/strict";
import { test } from "node:test";

import { complaint, startOf } from "../src/settings.ts";

test("without settings the program on the path serves the rulebook around each file", () => {
  assert.deepEqual(startOf({ command: "", rulebook: "", texts: "" }, undefined), {
    command: "mutandis",
    args: ["lsp"],
    environment: {},
  });
});

test("the workspace's folder stands in every setting", () => {
  const settings = {
    command: "${workspaceFolder}/.venv/bin/mutandis",
    rulebook: "${workspaceFolder}/rulebook",
    texts: " ${workspaceFolder}/texts ",
  };
  assert.deepEqual(startOf(settings, "/home/me/laws"), {
    command: "/home/me/laws/.venv/bin/mutandis",
    args: ["lsp", "--rulebook", "/home/me/laws/rulebook"],
    environment: { MUTANDIS_TEXTS: "/home/me/laws/texts" },
  });
});

test("a server that does not start is told with what to do", () => {
  const told = complaint("mutandis", "spawn mutandis ENOENT");
  assert.match(told, /`mutandis lsp` \(spawn mutandis ENOENT\)/);
  assert.match(told, /pip install 'mutandis\[lsp\]'/);
});
