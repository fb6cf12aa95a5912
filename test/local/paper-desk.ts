import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import { main } from "../../local/cli.ts";
import { ourTerminal, type Terminal } from "../../local/terminal.ts";

/** A desk with a small office's papers on it, and somebody typing commands. */

export const papers = {
  "publication.yaml": `
id: auenblatt
titel: AUENblatt
titelteile: [AUEN, blatt]
sprache: de
herausgeber: { name: Gemeinde Auenrode, anschrift: [Markt 1, 01999 Auenrode], email: post@auenrode.example }
verantwortlich: Jördis Mühlbach
absender: { from: post@auenrode.example, name: AUENblatt, replyTo: post@auenrode.example, listId: blatt.auenrode.example }
adresse: https://auenrode.example/blatt
freigaben: one
impressum: Gemeinde Auenrode, Markt 1, 01999 Auenrode
datenschutz: Wir speichern nur Ihre Adresse und Ihren Namen.
barrierefreiheit: Die Seiten erfüllen WCAG 2.2, Stufe AA.
`,
  "issue.yaml": `
nummer: 3
jahr: 2026
datum: 2026-05-04
thema: { titel: Der Markt am Sonnabend }
rubriken:
  - { name: Aus dem Ort, beiträge: [markt] }
`,
  "articles/markt.md": `---
titel: Der Markt zieht um
autor: Gülşen Yıldız
---

Ab Mai stehen die Stände am Hafen. Dort ist mehr Platz, und die Busse halten nebenan.
`,
  "readers.csv": "email;name\nada@example.org;Ada Kühn\nbela@example.org;Béla Śěrak\n",
} as const;

export const layOut = async (folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  for (const [name, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), body);
  }
  return folder;
};

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Types a command and reads the answer. Nobody sits at the terminal. */
export const kurier = (...args: readonly string[]): Promise<Answer> => typed(args);

/** The same with somebody at the terminal who gives these answers, one a question; and what they were asked. */
export async function kurierAsking(
  answers: readonly string[],
  ...args: readonly string[]
): Promise<Answer & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const ask = async (question: string): Promise<string> => answers[asked.push(question) - 1] ?? "";
  return { ...(await typed(args, { ...ourTerminal, canAnswer: true, ask })), asked };
}

async function typed(args: readonly string[], terminal?: Terminal): Promise<Answer> {
  const said = { out: "", err: "" };
  const listen = (stream: NodeJS.WriteStream, where: "out" | "err") =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said[where] += String(text);
      return true;
    });
  const ears = [listen(process.stdout, "out"), listen(process.stderr, "err")];
  try {
    await main(args, terminal);
    return { code: Number(process.exitCode ?? 0), ...said };
  } finally {
    for (const ear of ears) ear.mockRestore();
    process.exitCode = 0;
  }
}
