import { expect, it } from "vitest";
import { addressKeyOf, addressSecret, linkRing, linkToken, readLinkToken } from "../../../core/subscriber/link.ts";

const bytes = (fill: number): string => Buffer.alloc(32, fill).toString("base64url");
const secret = addressSecret(bytes(7));
const ring = linkRing(
  JSON.stringify([
    { kid: "b", key: bytes(2) },
    { kid: "a", key: bytes(1) },
  ]),
);
const stranger = linkRing(JSON.stringify([{ kid: "b", key: bytes(3) }]));
const readers = Array.from({ length: 64 }, (_, reader) => addressKeyOf(secret, `leserin${reader}@stadt.example`));
const tokens = readers.map((key) => linkToken(ring, "leave", key, "elblandbote"));
const genuine = new Set(tokens);
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The same lots in every run. */
let state = 20_261_123;
const lot = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const sign = (): string => alphabet[lot(64)] ?? "A";
/** Signs nobody would call chosen. */
const noise = Array.from({ length: 4096 }, sign).join("");
const random = (length: number): string => {
  const at = lot(noise.length - length);
  return noise.slice(at, at + length);
};
const parts = (token: string): string[] => token.split(".");
const put = (token: string, at: number, text: string): string =>
  token.slice(0, at) + text + token.slice(at + text.length);

/** Every way somebody may try to make one link of another. */
const forgeries: Readonly<Record<string, (token: string, other: string) => string>> = {
  "one bit": (token) => {
    const at = lot(token.length);
    return put(token, at, String.fromCharCode(token.charCodeAt(at) ^ (1 << lot(7))));
  },
  "one sign": (token) => put(token, lot(token.length), sign()),
  "two signs": (token) => put(put(token, lot(token.length), sign()), lot(token.length), sign()),
  "two signs of the mac": (token) =>
    put(put(token, token.length - 1 - lot(43), sign()), token.length - 1 - lot(43), sign()),
  "cut at the end": (token) => token.slice(0, lot(token.length)),
  "cut at the beginning": (token) => token.slice(1 + lot(token.length - 1)),
  "a sign more": (token) => token + sign(),
  "another reader's payload": (token, other) =>
    [...parts(token).slice(0, 2), parts(other)[2], parts(token)[3]].join("."),
  "another reader's mac": (token, other) => [...parts(token).slice(0, 3), parts(other)[3]].join("."),
  "any reader, any mac": () => `v1.b.${random(22)}elblandbote.${random(43)}`,
  "another key's name": (token) => token.replace("v1.b.", "v1.a."),
  "a key that is not ours": (token) => linkToken(stranger, "leave", parts(token)[2]?.slice(0, 22) ?? "", "elblandbote"),
  "another purpose": (token) => linkToken(ring, "preferences", parts(token)[2]?.slice(0, 22) ?? "", "elblandbote"),
  "another publication": (token) => linkToken(ring, "leave", parts(token)[2]?.slice(0, 22) ?? "", "stadtbote"),
  "another version": (token) => token.replace("v1.", `v${2 + lot(9)}.`),
  "the same bytes in another spelling": (token) => {
    const last = alphabet.indexOf(token.at(-1) ?? "A");
    return token.slice(0, -1) + alphabet[last ^ (1 + lot(3))];
  },
  "padded base64": (token) => `${token}=`,
  "plain base64": (token) => put(token, token.length - 1 - lot(43), lot(2) ? "+" : "/"),
  "capitals and small letters": (token) => {
    const at = 5 + lot(token.length - 5);
    const one = token[at] ?? "";
    return put(token, at, one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase());
  },
};

const wanted = 1_000_000;

it("rejects a million forgeries, and never takes one reader for another", () => {
  const ways = Object.values(forgeries);
  let [tried, accepted] = [0, 0];
  for (let turn = 0; tried < wanted; turn++) {
    const token = tokens[turn % tokens.length] ?? "";
    const forged = ways[turn % ways.length]?.(token, tokens[(turn + 1 + lot(62)) % tokens.length] ?? "") ?? "";
    if (genuine.has(forged)) continue; // by chance nothing was changed
    tried++;
    if (readLinkToken(ring, "leave", "elblandbote", forged) !== undefined) accepted++;
  }
  expect([tried, accepted]).toEqual([wanted, 0]);
  expect(tokens.map((token) => readLinkToken(ring, "leave", "elblandbote", token))).toEqual(readers);
}, 60_000);

it("tries every way of forging at least once", () => {
  expect(Object.entries(forgeries).filter(([, forge]) => genuine.has(forge(tokens[0] ?? "", tokens[1] ?? "")))).toEqual(
    [],
  );
});
