import { Refusal } from "../../core/refusal.ts";

/** What the environment says of an SMTP relay: each setting once, what it is without a word, and how it is written. */
const declared = {
  url: {
    name: "KURIER_SMTP",
    usual: undefined,
    written: "smtps://user:password@host:465, smtp://host:587?requireTls",
  },
  /** Letters it takes from us in a second, and in 24 hours. */
  perSecond: { name: "KURIER_SMTP_PER_SECOND", usual: 5, written: "5, 0.5" },
  perDay: { name: "KURIER_SMTP_PER_DAY", usual: Number.POSITIVE_INFINITY, written: "50000" },
} as const;

/** The setting that names a relay: without it letters stay in the outbox. */
export const relaySetting = declared.url.name;

/** Where letters are handed over, and how many it takes. Holds a password: never logged. */
export interface Relay {
  readonly host: string;
  readonly port: number;
  /** "always": encrypted from the first byte · "required": STARTTLS or nothing · "offered": STARTTLS where it is offered. */
  readonly tls: "always" | "required" | "offered";
  readonly login?: { readonly user: string; readonly password: string };
  readonly perSecond: number;
  readonly perDay: number;
}

/**
 * The relay the environment names; undefined when it names none.
 *
 * @throws Refusal `relay-setting` naming every setting that cannot be read, never its value
 */
export function readRelay(environment: Readonly<Record<string, string | undefined>>): Relay | undefined {
  const written = environment[declared.url.name]?.trim();
  if (!written) return undefined;
  const relay = placeOf(written);
  const perSecond = numberOf(environment[declared.perSecond.name], declared.perSecond.usual, /^\d{1,4}(\.\d+)?$/);
  const perDay = numberOf(environment[declared.perDay.name], declared.perDay.usual, /^\d{1,9}$/);
  if (relay && perSecond && perDay) return { ...relay, perSecond, perDay };
  const wrong = [!relay && declared.url, !perSecond && declared.perSecond, !perDay && declared.perDay];
  const said = wrong.flatMap((one) => (one ? [`${one.name} (${one.written})`] : []));
  throw new Refusal("relay-setting", { settings: said.join(", ") });
}

function placeOf(written: string): Pick<Relay, "host" | "port" | "tls" | "login"> | undefined {
  // As a special scheme a host in brackets, ports and percent signs are read by the one parser browsers share.
  const [, scheme = "", rest = ""] = /^(smtps?):\/\/(\S+)$/.exec(written) ?? [];
  const url = scheme && URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
  if (url?.pathname !== "/" || url.hash || !isKnown(url.searchParams)) return undefined;
  const login = loginOf(url);
  if (login === "broken") return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isSecure = scheme === "smtps";
  // A password never crosses a net in the clear, and nobody between us may talk STARTTLS away.
  const isRequired = url.searchParams.has("requireTls") || (login !== undefined && !isThisMachine(host));
  return {
    ...{ host, port: Number(url.port) || portIn(rest) || (isSecure ? 465 : 587) },
    tls: isSecure ? "always" : isRequired ? "required" : "offered",
    ...(login && { login }),
  };
}

/** What stands behind the question mark: nothing, or that TLS is required. */
const isKnown = (query: URLSearchParams): boolean =>
  [...query].every(([name, value]) => name === "requireTls" && (value === "" || value === "true"));

/** The parser drops 80, the usual port of what it takes this for. */
const portIn = (rest: string): number => Number(/^[^/?#]*:(\d+)(?=[/?#]|$)/.exec(rest)?.[1] ?? 0);

function loginOf({ username, password }: URL): Relay["login"] | "broken" {
  if (username === "" && password === "") return undefined;
  try {
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    return login.user === "" || login.password === "" ? "broken" : login;
  } catch {
    return "broken";
  }
}

const isThisMachine = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host);

/** Undefined when something else stands there. */
function numberOf(written: string | undefined, usual: number, form: RegExp): number | undefined {
  const text = written?.trim() ?? "";
  if (text === "") return usual;
  return form.test(text) && Number(text) > 0 ? Number(text) : undefined;
}
