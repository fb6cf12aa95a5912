import { type CutOrder, cutOrder } from "../../core/article/cut-order.ts";
import { submissionId } from "../../core/article/submission.ts";
import { type Ground, isGround } from "../../core/logo/logo.ts";
import { publicationId } from "../../core/publication.ts";

/** Notices come from the files, orders from the desk. */
export const workOf = (body: unknown): Arrival | LogoArrival | CutOrder | undefined => {
  const order = cutOrder.safeParse(body).data;
  if (order) return order;
  const key = (body as { detail?: { object?: { key?: unknown } } } | null)?.detail?.object?.key;
  if (typeof key !== "string") throw new Error("not the notice of a file");
  return logoArrivalOf(key) ?? arrivalOf(key);
};

interface LogoArrival {
  readonly publication: string;
  readonly ground: Ground;
}

/** `logos/<publication>/<ground>` */
function logoArrivalOf(key: string): LogoArrival | undefined {
  const [, publication = "", ground = ""] = /^logos\/([^/]+)\/([^/]+)$/u.exec(key) ?? [];
  return publicationId.safeParse(publication).success && isGround(ground) ? { publication, ground } : undefined;
}

interface Arrival {
  readonly publication: string;
  readonly submission: string;
}

/** `submissions/<publication>/<submission>/<name>`, or a reading of one of them. Undefined for any other key. */
function arrivalOf(key: string): Arrival | undefined {
  const [, publication, submission] = submitted.exec(key) ?? read.exec(key) ?? [];
  const isOurs = publicationId.safeParse(publication).success && submissionId.safeParse(submission).success;
  return isOurs && publication !== undefined && submission !== undefined ? { publication, submission } : undefined;
}

const submitted = /^submissions\/([^/]+)\/([^/]+)\/./su;
/** Of all that lies there only this is news. */
const read = /^readings\/([^/]+)\/([^/]+)\/[^/]+\/reading\.json$/u;
