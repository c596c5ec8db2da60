// The extension in one file: the editor's own module stays outside, all else is in it.
import { copyFileSync } from "node:fs";

import { build } from "esbuild";

// The project's own licence goes into the package, whose folder is this one.
copyFileSync("../../LICENSE", "LICENSE");

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["vscode"],
  minify: true,
  legalComments: "eof",
});
