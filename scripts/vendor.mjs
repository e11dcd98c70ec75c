// Copies the third-party files of the pages out of node_modules and writes their SHA-256 sums.
// Run by `make vendor` after `npm ci`; the result is committed, so nobody else needs Node.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const kern = join(root, "node_modules/@kern-ux/native");
const pages = join(root, "src/gelingen/web/static/vendor");
const tests = join(root, "tests/browser/vendor");

const files = [
  [join(kern, "dist/kern.min.css"), join(pages, "kern/kern.min.css")],
  [join(kern, "LICENSE.md"), join(pages, "kern/LICENSE.md")],
  ...["Regular", "SemiBold"].map((cut) => [
    join(kern, `dist/fonts/fira-sans/FiraSans-${cut}.woff2`),
    join(pages, `fira-sans/FiraSans-${cut}.woff2`),
  ]),
  [join(root, "node_modules/axe-core/axe.min.js"), join(tests, "axe.min.js")],
];
// The package carries the font without its licence; this text comes from the font's own project.
const kept = [join(pages, "fira-sans/OFL.txt"), join(pages, "fira-sans/fira-sans.css")];

const sums = [];
for (const [from, to] of files) {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  copyFileSync(from, to);
}
for (const path of [...files.map((pair) => pair[1]), ...kept]) {
  const sum = createHash("sha256").update(readFileSync(path)).digest("hex");
  sums.push(`${sum}  ${path.slice(root.length + 1)}`);
}
writeFileSync(join(pages, "SHA256SUMS"), `${sums.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("\n")}\n`);
console.log(`${sums.length} Dateien abgelegt.`);
