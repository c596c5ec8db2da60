import assert from "node:assert/strict";
import { test } from "node:test";

import { findRulebook, type Disk } from "../src/rulebook.ts";

function diskOf(files: readonly string[]): Disk {
  return {
    isFile: (path) => files.includes(path),
    folders: (path) => [
      ...new Set(
        files
          .filter((file) => file.startsWith(`${path}/`))
          .map((file) => file.slice(path.length + 1).split("/"))
          .filter((parts) => parts.length > 1)
          .map((parts) => parts[0] ?? ""),
      ),
    ],
  };
}

const disk = diskOf(["/laws/act/law.yaml", "/laws/act/contact/041-visits.yaml", "/laws/vocabulary.yaml", "/web/compose.yaml"]);

test("a rule file's rulebook is the folder of its law's folder", () => {
  assert.equal(findRulebook("/laws/act/contact/041-visits.yaml", disk), "/laws");
});

test("the shared vocabulary lies in the rulebook itself", () => {
  assert.equal(findRulebook("/laws/vocabulary.yaml", disk), "/laws");
});

test("a file that no law lies around is of no rulebook", () => {
  assert.equal(findRulebook("/web/compose.yaml", disk), undefined);
});
