/** Raw mails, made by code: as authors, machines and forgers send them. */

export interface Enclosed {
  readonly name?: string;
  readonly type: string;
  readonly body: Uint8Array | string;
  readonly disposition?: string;
  readonly headers?: readonly string[];
}
export interface MailGiven {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly enclosed?: readonly Enclosed[];
  /** Below what the receiving server wrote; as whoever sent it likes. */
  readonly headers?: readonly string[];
  /** What the receiving server wrote; null for none. */
  readonly trace?: readonly string[] | null;
  readonly messageId?: string;
}

export const author = "thomas@rathaus.example";

/** The block SES writes above a mail, in its words and order. */
export function sesTrace({
  envelope = author,
  spf = "pass",
  results = [`dkim=pass header.i=@rathaus.example`, `dmarc=pass header.from=rathaus.example`],
  spam = "PASS",
  virus = "PASS",
  helo = "mail.rathaus.example",
}: {
  envelope?: string;
  spf?: string;
  results?: readonly string[];
  spam?: string;
  virus?: string;
  helo?: string;
} = {}): string[] {
  const domain = envelope.slice(envelope.lastIndexOf("@") + 1);
  const said = `${spf} (spfCheck: domain of ${domain} designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7; envelope-from=${envelope}; helo=${helo};`;
  return [
    `Return-Path: <${envelope}>`,
    `Received: from ${helo} (${helo} [192.0.2.7])\r\n by inbound-smtp.eu-central-1.amazonaws.com with SMTP id abc123\r\n for beitrag@bote.example;\r\n Mon, 30 Nov 2026 08:00:00 +0000 (UTC)`,
    `X-SES-Spam-Verdict: ${spam}`,
    `X-SES-Virus-Verdict: ${virus}`,
    `Received-SPF: ${said}`,
    `Authentication-Results: amazonses.com;\r\n spf=${said}${results.map((result) => `\r\n ${result};`).join("")}`,
    "X-SES-RECEIPT: AEFBQUFBQUFBQUFG",
    "X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=abc; c=relaxed/simple; s=ihchhvub; d=amazonses.com",
  ];
}

export function aMail(given: MailGiven = {}): Buffer {
  const {
    from = `Thomas Serak <${author}>`,
    subject = "Ein Schalter, der zuhört",
    enclosed = [],
    headers = [],
  } = given;
  const head = [
    ...(given.trace === null ? [] : (given.trace ?? sesTrace())),
    ...headers,
    `From: ${from}`,
    "To: beitrag@bote.example",
    `Subject: ${encoded(subject)}`,
    `Message-ID: ${given.messageId ?? "<m1@rathaus.example>"}`,
    "MIME-Version: 1.0",
  ];
  const words = partsOf(given);
  const body = enclosed.length === 0 ? words : multipart("mixed", [words, ...enclosed.map(enclosure)]);
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n`), body]);
}

const encoded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;

function partsOf({ text, html }: MailGiven): Buffer {
  const parts = [
    ...(text === undefined && html !== undefined ? [] : [leaf("text/plain; charset=utf-8", text ?? "")]),
    ...(html === undefined ? [] : [leaf("text/html; charset=utf-8", html)]),
  ];
  return parts.length === 1 ? (parts[0] as Buffer) : multipart("alternative", parts);
}

const leaf = (type: string, text: string): Buffer =>
  Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text.replace(/\r?\n/g, "\r\n")}\r\n`);

export function enclosure({ name, type, body, disposition = "attachment", headers = [] }: Enclosed): Buffer {
  const head = [
    `Content-Type: ${type}`,
    `Content-Disposition: ${disposition}${name === undefined ? "" : `; filename="${name}"`}`,
    "Content-Transfer-Encoding: base64",
    ...headers,
  ];
  const lines = Buffer.from(body).toString("base64").replace(/.{76}/g, "$&\r\n");
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${lines}\r\n`);
}

let boundaries = 0;
export function multipart(kind: string, parts: readonly Buffer[]): Buffer {
  boundaries += 1;
  const boundary = `=_part_${boundaries}`;
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from("\r\n")]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

/** Long enough for an article. */
export const anArticle = `Ein Schalter, der zuhört

Wer dienstags ins Bürgerbüro kommt, hat eine Frage und einen Zettel in der Hand. Seit dem Frühjahr steht dort ein
Schalter ohne Scheibe, und wer dahinter sitzt, hat eine Stunde Zeit.

Das hat mehr verändert, als die Verwaltung erwartet hatte: Die Schlange ist kürzer geworden.`;
