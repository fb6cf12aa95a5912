import {
  GetSendQuotaCommand,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
  UpdateConfigurationSetSendingEnabledCommand,
} from "@aws-sdk/client-ses";
import { systemClock } from "./clock.ts";
import { type Clock, Closed, Doubtful, type Letter, type Mail, Rejected, type Stream, Throttled } from "./cloud.ts";
import { letterClient } from "./letter-client.ts";
import { noBytes, type ReadyBody, readyBodies, type WithReadyBody } from "./ready-body.ts";
import { type Patience, watched, wire } from "./wire.ts";

/** Letters through SES v1, one call each: SendRawEmail knows no idempotency, so nothing here ever asks twice. */
export interface SesMail extends Mail {
  /** The socket pool lives for one invocation. */
  renewSockets(): void;
}

/** TLS is up within 2 s or nobody may send now; SES answers within 10 s or we cannot know. */
const sesPatience: Patience = { connect: 2_000, answer: 10_000, idle: 4_000 };

/**
 * @param sets the configuration set of each stream
 * @param clock whose time signs: SES refuses a letter whose date is five minutes off, and nobody asks twice
 */
export function sesMail(
  sets: Readonly<Record<Stream, string>>,
  patience = sesPatience,
  clock: Pick<Clock, "now"> = systemClock,
): SesMail {
  const line = wire(patience);
  const letters = letterClient(line);
  const bodies = readyBodies();
  const account = new SESClient({ requestHandler: wire(patience) });
  const setSending = (stream: Stream, Enabled: boolean) =>
    account.send(new UpdateConfigurationSetSendingEnabledCommand({ ConfigurationSetName: sets[stream], Enabled }));
  return {
    reports: true,
    isJudged: true,
    send: async (letter) => {
      if (!isOneAddress(letter.to)) throw new Rejected("not one address");
      const readyBody = bodies(letter.message);
      letters.config.systemClockOffset = clock.now().getTime() - Date.now();
      const outcome = await watched(() => letters.send(sendCommand(letter, sets[letter.stream], readyBody)));
      if ("fault" in outcome) throw troubleOf(outcome.fault, outcome.mayHaveLeft, letter);
      if (!outcome.value.MessageId) throw new Doubtful("SES answered without a message id");
      readyBody.giveBack();
      return { messageId: outcome.value.MessageId };
    },
    quota: async () => {
      const {
        MaxSendRate = 0,
        Max24HourSend = 0,
        SentLast24Hours = 0,
      } = await account.send(new GetSendQuotaCommand({}));
      // SES says -1 for "no limit".
      const perDay = Max24HourSend < 0 ? Number.POSITIVE_INFINITY : Max24HourSend;
      return { perSecond: MaxSendRate, perDay, sentInLastDay: SentLast24Hours };
    },
    close: async (stream) => void (await setSending(stream, false)),
    open: async (stream) => void (await setSending(stream, true)),
    renewSockets: line.renewSockets,
  };
}

/** What SES might read as none or several addresses never reaches it. */
const isOneAddress = (to: string) => /^[^\s\x00-\x20\x7f,;:<>()[\]"@]+@[^\s\x00-\x20\x7f,;:<>()"@]+$/.test(to);

function sendCommand({ from, to, tags }: Letter, set: string, readyBody: ReadyBody): SendRawEmailCommand {
  const input: SendRawEmailCommandInput & WithReadyBody = {
    Source: from,
    Destinations: [to],
    RawMessage: { Data: noBytes },
    ConfigurationSetName: set,
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    readyBody,
  };
  return new SendRawEmailCommand(input);
}

/** What became of the letter. Reasons are codes, never SES's own sentence: that one repeats the address. */
function troubleOf(fault: unknown, mayHaveLeft: boolean, letter: Letter): Error {
  const code = codeOf(fault);
  const status = statusOf(fault);
  if (!mayHaveLeft) return new Closed(code);
  if (status < 400 || status >= 500) return new Doubtful(code);
  if (status === 429 || throttles.has(code)) return new Throttled(code);
  const closed = closedBecause(code, fault instanceof SESServiceException ? fault.message : "", letter);
  return closed ? new Closed(closed) : new Rejected(code);
}

/** Above the rate or the day's quota: the letter is dropped, not queued. */
const throttles = new Set(["Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"]);

/**
 * Why nobody may send; undefined when SES means this letter or address alone.
 * It has one code for both, `MessageRejected`: only its sentence tells them apart.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
 */
function closedBecause(code: string, sentence: string, { from, to }: Letter): string | undefined {
  if (code === "InvalidParameterValue") return undefined;
  if (code === "ValidationError" && /'(destinations|rawMessage|tags)/.test(sentence)) return undefined;
  if (code !== "MessageRejected") return code;
  if (/sending (is )?(paused|suspended|disabled)/i.test(sentence)) return "AccountSendingPaused";
  if (!/not verified/i.test(sentence)) return undefined;
  // In the sandbox a recipient has to be verified too; a sentence that names neither is about the sender's domain.
  return names(sentence, to) && !names(sentence, from) ? undefined : "SenderNotVerified";
}

const names = (sentence: string, address: string) => sentence.toLowerCase().includes(bare(address).toLowerCase());
/** `Name <name@example.org>` → `name@example.org` */
const bare = (address: string) => /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address;

/** SES's code, or the socket's (`ECONNRESET`), or the name of what went wrong. */
function codeOf(fault: unknown): string {
  const { code, name } = fault as { code?: unknown; name?: unknown };
  return [code, name].find((text) => typeof text === "string") ?? "unknown";
}

/** 0 when no answer came. An answer that is not SES's XML (a proxy's page) still has its status. */
function statusOf(fault: unknown): number {
  const { $metadata, $response } = fault as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
}
