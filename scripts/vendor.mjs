// Copies the third-party files of pages and tests out of node_modules and writes their SHA-256
// sums (check with `sha256sum -c`). Run by `make vendor`; the result is committed, so nobody else
// needs Node.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const kern = "node_modules/@kern-ux/native";
const axe = "node_modules/axe-core";

const folders = {
  "src/gelingen/web/static/vendor": {
    "kern/kern.min.css": `${kern}/dist/kern.min.css`,
    "kern/LICENSE.md": `${kern}/LICENSE.md`,
    "fira-sans/FiraSans-Regular.woff2": `${kern}/dist/fonts/fira-sans/FiraSans-Regular.woff2`,
    "fira-sans/FiraSans-SemiBold.woff2": `${kern}/dist/fonts/fira-sans/FiraSans-SemiBold.woff2`,
    // Not in the package: the font's licence text, and the two faces that the pages use.
    "fira-sans/OFL.txt": null,
    "fira-sans/fira-sans.css": null,
  },
  "tests/browser/vendor": {
    "axe.min.js": `${axe}/axe.min.js`,
    "axe-LICENSE.txt": `${axe}/LICENSE`,
    "axe-LICENSE-3RD-PARTY.txt": `${axe}/LICENSE-3RD-PARTY.txt`,
  },
};

for (const [folder, files] of Object.entries(folders)) {
  const lines = Object.entries(files).map(([name, source]) => {
    const path = `${folder}/${name}`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (source) copyFileSync(join(root, source), join(root, path));
    return [path, createHash("sha256").update(readFileSync(join(root, path))).digest("hex")];
  });
  lines.sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(join(root, folder, "SHA256SUMS"), lines.map(([path, sum]) => `${sum}  ${path}\n`).join(""));
}
