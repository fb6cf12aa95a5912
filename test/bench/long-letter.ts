import { type Addressee, prepare, type Writing } from "../../core/delivery/message.ts";
import { build } from "../../core/edition/build.ts";
import { twelveArticles } from "./twelve-articles.ts";

/** The letter of twelve articles, made longer or shorter until it has about so many bytes. */
export async function longLetter(bytes: number): Promise<Writing> {
  const input = twelveArticles();
  const { editions } = await build(input);
  if (!editions) throw new Error("the issue of the bench was refused");
  const body = (path: string): string => String(editions.files.find((file) => file.path === path)?.body);
  const { subject, fingerprint } = editions.manifest;
  const writing = (share: number): Writing => ({
    ...{ publication: input.publication, language: "de", fingerprint, subject },
    ...{ html: stretched(body("email.html"), share), text: stretched(body("email.txt"), share) },
  });
  return writing(bytes / prepare(writing(1)).bytes);
}

/** Repeats or cuts what lies in the middle, between the greeting and the links at the very end. */
function stretched(text: string, share: number): string {
  const [from, to] = [Math.round(text.length * 0.4), Math.round(text.length * 0.96)];
  const middle = text.slice(from, to);
  const wanted = Math.round(text.length * share) - (text.length - middle.length);
  return text.slice(0, from) + middle.repeat(Math.ceil(wanted / middle.length)).slice(0, wanted) + text.slice(to);
}

/** Any number of readers. */
export function addressee(reader: number): Addressee {
  const name = `Jördis Mühlbach ${reader}`;
  const token = `v1.a.${String(reader).padStart(33, "k")}.${"m".repeat(43)}`;
  return {
    ...{ address: `leser-${reader}@rathaus.example`, name, greeting: `Guten Tag, ${name},` },
    leaveUrl: `https://elblandbote.example/u/${token}`,
    preferencesUrl: `https://elblandbote.example/e/${token}`,
  };
}
