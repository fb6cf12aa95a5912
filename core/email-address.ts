import { domainToUnicode } from "node:url";
import { Refusal } from "./refusal.ts";

/** RFC 5321 4.5.3.1: what a mail server must take at most. */
const longestAddress = 254;
const longestLocalPart = 64;

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** The common shapes of a finished spelling, so that a delivery need not parse what was parsed before it was kept. */
const isReadAlready =
  /^[a-z0-9_+-]{1,30}(?:\.[a-z0-9_+-]{1,30})?@(?:[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,30}\.){1,3}[a-z]{2,12}$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of an address: NFC, trimmed, lower case, domain in punycode. Dots and plus signs stay: they may
 * mean something to the reader's own server. Reading the answer again gives the same answer.
 *
 * @throws Refusal `address-…`, a sentence for each thing that can be wrong; it never repeats the address
 */
export function readAddress(typed: string): string {
  if (isReadAlready.test(typed)) return typed;
  const address = typed.normalize("NFC").trim().toLowerCase();
  if (address === "") throw new Refusal("address-missing");
  if (address.length > longestAddress) throw new Refusal("address-long", { most: longestAddress });
  if (invisible.test(address)) throw new Refusal("address-invisible");
  if (/["\\]/.test(address)) throw new Refusal("address-quoted");
  if (/[<>(),;:[\]]/.test(address)) throw new Refusal("address-not-alone");
  if (/\s/.test(address)) throw new Refusal("address-space");
  const at = address.indexOf("@");
  if (at < 0 || at !== address.lastIndexOf("@")) throw new Refusal("address-at");
  const whole = `${readLocalPart(address.slice(0, at))}@${readDomain(address.slice(at + 1))}`;
  if (whole.length > longestAddress) throw new Refusal("address-long", { most: longestAddress });
  return whole;
}

function readLocalPart(local: string): string {
  // SES speaks no SMTPUTF8: such a letter could never leave.
  if (/[^\x20-\x7e]/.test(local)) throw new Refusal("address-letters");
  if (local.length > longestLocalPart || !localPart.test(local)) throw new Refusal("address-name");
  return local;
}

function readDomain(domain: string): string {
  const ascii = /[/?#%@]/.test(domain) || !URL.canParse(`http://${domain}`) ? "" : new URL(`http://${domain}`).hostname;
  const labels = ascii.split(".");
  const isDomain = labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? "");
  if (!isDomain) throw new Refusal("address-domain");
  return ascii;
}

/** A host of plain ASCII is not decoded by `URL`: what only looks like punycode comes back from reading as it was. */
const isLabel = (part: string): boolean =>
  label.test(part) && !(part.startsWith("xn--") && domainToUnicode(part) === part);

/** Mailboxes no reader sits at: of machines and of whoever runs the mail server (RFC 2142); nobody there can consent. */
const machines = [
  ...["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "daemon", "bounce", "bounces"],
  ...["abuse", "postmaster", "hostmaster", "security", "noc", "root", "nobody", "nicht-antworten", "keine-antwort"],
];
/** Mailboxes of an office rather than of a person. */
const offices = [
  ...["info", "post", "mail", "email", "office", "buero", "kontakt", "contact", "hallo", "hello", "team", "webmaster"],
  ...["sekretariat", "zentrale", "empfang", "verwaltung", "poststelle", "rathaus", "gemeinde", "stadt", "redaktion"],
  ...["presse", "press", "vorstand", "service", "support", "sales", "vertrieb", "marketing", "admin", "anfrage"],
  ...["bestellung", "buchhaltung", "rechnung", "jobs", "bewerbung", "datenschutz", "privacy", "newsletter", "shop"],
];
/** What stands before the @, without what the reader added to it. */
const mailboxOf = (address: string): string => address.slice(0, address.indexOf("@")).replace(/(?<=.)\+.*/, "");

/** Where SES lets bounces and complaints be tried: `bounce@` there is asked for, and stands for a person. */
const triedAt = "@simulator.amazonses.com";

/** @throws Refusal `address-machine` for a mailbox no reader sits at */
export function demandReader(address: string): void {
  const mailbox = mailboxOf(address);
  if (machines.includes(mailbox) && !address.endsWith(triedAt)) throw new Refusal("address-machine", { mailbox });
}

/** "info@…": several people may read there, and one of them consented for all. */
export const isOffice = (address: string): boolean => offices.includes(mailboxOf(address));

/** "a…@stadt-….de": enough for its owner to know it again, too little for anybody else. */
export function halfHidden(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  const dot = domain.lastIndexOf(".");
  const name = domain.slice(0, dot);
  return `${local.slice(0, 1)}…@${name.slice(0, Math.min(6, Math.ceil(name.length / 2)))}…${domain.slice(dot)}`;
}

/** Mail houses our readers write from; each also protects its neighbours from being taken for a slip. */
const wellKnown = [
  ...["gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "gmx.eu", "gmx.org", "web.de", "t-online.de", "freenet.de"],
  ...["gmail.com", "googlemail.com", "mail.de", "mail.com", "email.de", "email.com", "gmail.de", "ymail.com"],
  ...["outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.com", "live.de", "yahoo.com", "yahoo.de"],
  ...["icloud.com", "me.com", "mac.com", "aol.com", "aol.de", "arcor.de", "posteo.de", "posteo.net", "mailbox.org"],
  ...[
    "vodafone.de",
    "online.de",
    "kabelmail.de",
    "magenta.de",
    "proton.me",
    "protonmail.com",
    "bluewin.ch",
    "1und1.de",
  ],
];

/** The domain that was probably meant ("gmial.com" → "gmail.com"). Asked about, never corrected. */
export function likelyDomain(address: string): string | undefined {
  const domain = address.slice(address.indexOf("@") + 1);
  return wellKnown.includes(domain) ? undefined : wellKnown.find((known) => isOneSlip(domain, known));
}

/** One letter wrong, missing or too many, or two neighbours swapped. */
function isOneSlip(typed: string, meant: string): boolean {
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  const [left, right] = [typed.slice(start), meant.slice(start)];
  const isSwapped = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
  return (
    left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1) || (isSwapped && !!left[1])
  );
}
