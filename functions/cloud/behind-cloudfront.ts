import { createHash, timingSafeEqual } from "node:crypto";

/** What we look at of a request an HTTP API hands over; its header names are in lower case. */
interface Request {
  readonly headers?: Readonly<Record<string, string | undefined>>;
}
interface TurnedAway {
  readonly statusCode: 403;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** Where CloudFront shows its secret; `infra/front-door.ts` sets it. */
const originHeader = "x-kurier-origin";
/** A value shorter than this is none: one of the two may stand empty. */
const fewestCharacters = 32;

/**
 * Turns away whoever does not come through CloudFront, before anything else looks at the request.
 *
 * @param readOrigin answers JSON `{ a, b }`: both are valid, so that they can take turns
 */
export const behindCloudFront =
  <Event, Rest extends unknown[], Answer>(
    readOrigin: () => Promise<string>,
    handle: (event: Event, ...rest: Rest) => Promise<Answer>,
  ) =>
  async (event: Event, ...rest: Rest): Promise<Answer | TurnedAway> => {
    const shown = (event as Request).headers?.[originHeader] ?? "";
    if (isOurs(shown, await readOrigin())) return handle(event, ...rest);
    return { statusCode: 403, headers: { "Cache-Control": "no-store" }, body: "", isBase64Encoded: false };
  };

/** Takes the same time whatever is shown. */
function isOurs(shown: string, origin: string): boolean {
  const valid = Object.values(JSON.parse(origin) as Record<string, string>).filter(
    (value) => value.length >= fewestCharacters,
  );
  return valid.map((value) => timingSafeEqual(digest(value), digest(shown))).includes(true);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
