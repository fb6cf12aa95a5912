import PostalMime from "postal-mime";
import { expect } from "vitest";
import { mostSigns, writeSigns } from "../../../core/delivery/form-body.ts";
import {
  type Addressee,
  bytesOf,
  type Message,
  prepare,
  prepareText,
  type Writing,
} from "../../../core/delivery/message.ts";
import { slot } from "../../../core/edition/slots.ts";
import { readName } from "../../../core/subscriber/name.ts";
import { aPublication } from "../../people-and-papers.ts";

const html = `<!doctype html><html lang="de"><head><title>Ausgabe</title></head><body>
<p>${slot("greeting")}die neue Ausgabe ist da: „Kleine Orte, große Wege“. ${"Ein langer Satz über Straßen. ".repeat(40)}</p>
.
From here on a=41 lies a trap for careless readers.   
<p><a href="${slot("leaveUrl")}">Abbestellen</a> · <a href="${slot("preferencesUrl")}">Einstellungen</a></p></body></html>`;
const text = `${slot("greeting")}die neue Ausgabe ist da.\n\nAbbestellen: ${slot("leaveUrl")}\nEinstellungen: ${slot("preferencesUrl")}\n`;

export const writing: Writing = {
  publication: aPublication(),
  language: "de",
  fingerprint: "0123456789abcdef0123456789abcdef",
  subject: "ELBLANDbote 01|26: Kleine Orte, große Wege – und was sie für die Gemeinden im Elbland bedeuten",
  html,
  text,
};
export const prepared = prepare(writing);
export const textOnly = prepareText(writing);

export function reader(typed: string, address = "almut@stadt.example"): Addressee {
  const name = readName(typed);
  return {
    address,
    name,
    greeting: name && `Guten Tag, ${name},`,
    leaveUrl: `https://elblandbote.example/u/v1.a.${"k".repeat(33)}.${"m".repeat(43)}`,
    preferencesUrl: `https://elblandbote.example/e/v1.a.${"k".repeat(33)}.${"n".repeat(43)}`,
  };
}

const escaped = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * What the bytes of any letter must be, whoever it greets: lenient parsers hide a missing soft break or a header too
 * many. As a form it must be base64 of these bytes.
 */
export function expectStrict(message: Message): void {
  const raw = bytesOf(message);
  const source = raw.toString("latin1");
  expect(source).toMatch(/^(?:[\x20-\x7e]{0,998}\r\n)+$/);
  const lines = source.split("\r\n");
  expect(lines.filter((line) => line.length > 76 && !/^(List-Unsubscribe:| <)/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith(".") || line.startsWith("From "))).toEqual([]);
  const head = lines.slice(0, lines.indexOf(""));
  const names = head.filter((line) => !line.startsWith(" ")).map((line) => line.split(":")[0]);
  expect(names).toEqual(headerNames(names.at(-1) === "Content-Transfer-Encoding"));
  const form = Buffer.alloc(mostSigns(message));
  const signs = form.toString("latin1", 0, writeSigns(message, form, 0));
  expect(signs).toBe(encodeURIComponent(raw.toString("base64")));
}

/** What a parser that shares no code with ours reads in the letter. */
export async function expectSound(message: Message, addressee: Addressee): Promise<void> {
  expectStrict(message);
  const mail = await PostalMime.parse(bytesOf(message));
  expect(mail.to).toEqual([{ name: addressee.name, address: addressee.address }]);
  expect(mail.from).toEqual({ name: "ELBLANDbote", address: "post@elblandbote.example" });
  expect(mail.subject).toBe(writing.subject);
  expect(mail.bcc ?? mail.cc).toBeUndefined();
  const { greeting, leaveUrl, preferencesUrl } = addressee;
  const filled = (content: string, value: string): string =>
    content
      .replaceAll(slot("greeting"), () => value)
      .replaceAll(slot("leaveUrl"), leaveUrl)
      .replaceAll(slot("preferencesUrl"), preferencesUrl);
  expect(mail.text?.trimEnd()).toBe(filled(text, greeting && `${greeting}\n\n`).trimEnd());
  if (mail.html !== undefined) expect(mail.html.trimEnd()).toBe(filled(html, greeting && `${escaped(greeting)}<br>`));
}
const headerNames = (isText: boolean): string[] => [
  ...["From", "To", "Reply-To", "Subject", "List-Id", "List-Unsubscribe-Post", "Content-Language", "MIME-Version"],
  ...["List-Unsubscribe", "Content-Type", ...(isText ? ["Content-Transfer-Encoding"] : [])],
];
