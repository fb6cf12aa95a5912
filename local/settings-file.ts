import { basename } from "node:path";
import { type Document, parseDocument } from "yaml";
import * as z from "zod";
import { decodeText } from "../core/article/encoding.ts";
import { Refusal } from "../core/refusal.ts";
import { fill, type Language, words } from "../core/words.ts";
import { readGiven } from "./given-file.ts";

/** Reads settings out of a file somebody named, however their editor saved it. @throws Refusal as {@link readSettings} */
export async function readSettingsFile<T>(
  path: string,
  schema: z.ZodType<T>,
  options: { german: Readonly<Record<string, string>>; language: Language },
): Promise<T> {
  const name = basename(path);
  return readSettings(name, decodeText(name, await readGiven(path)).text, schema, options);
}

/**
 * Reads a YAML file of settings: German keys become their English names, every problem is told at once.
 *
 * @throws Refusal `settings-unreadable` naming the line · `settings-wrong` naming every problem
 */
export function readSettings<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  options: { german: Readonly<Record<string, string>>; language: Language },
): T {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    throw new Refusal("settings-unreadable", { file, line });
  }
  const raw = plainData(file, document);
  const result = schema.safeParse(inEnglish(raw, options.german), { error: localeError(options.language) });
  if (result.success) return result.data;
  throw new Refusal("settings-wrong", {
    file,
    problems: result.error.issues.map((issue) => problem(issue, options.language)).join("; "),
  });
}

/** Aliases have no use here and can be made to grow without end. */
function plainData(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new Refusal("settings-aliases", { file });
  }
}

const localeError = (language: Language) => z.locales[language]().localeError;

function problem(issue: z.core.$ZodIssue, language: Language): string {
  const { settings } = words(language).cli;
  const where = issue.path.join(".");
  if (issue.code === "unrecognized_keys")
    return fill(settings.unknown, { keys: issue.keys.join(", "), where: where || settings.top });
  if (issue.code === "invalid_type" && issue.input === undefined) return fill(settings.missing, { where });
  return `${where}: ${issue.message}`;
}

function inEnglish(node: unknown, german: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(node)) return node.map((entry) => inEnglish(entry, german));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [german[key.toLowerCase()] ?? key, inEnglish(value, german)]),
  );
}
