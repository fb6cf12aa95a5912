#!/usr/bin/env node
// Plain JavaScript that an old Node can read. The package `node` brings the right one; npm and npx find it by themselves.
const [major] = process.versions.node.split(".").map(Number);
if (major < 24) {
  process.stderr.write(
    `Kurier braucht Node 24, hier läuft ${process.versions.node}. Bitte "npm ci" und dann "npm start" oder "npx kurier …" verwenden: beides bringt Node 24 mit.\n` +
      `Kurier needs Node 24, this is ${process.versions.node}. Please use "npm ci" and then "npm start" or "npx kurier …": both bring Node 24 along.\n`,
  );
  process.exit(1);
}
import("./cli.ts").then(({ main }) => main(process.argv.slice(2)));
