import type { SESClient } from "@aws-sdk/client-ses";
import { mostSigns, writeSigns } from "../../core/delivery/form-body.ts";
import type { Message } from "../../core/delivery/message.ts";

/**
 * The client would encode every letter whole, twice, for each reader. It is given a letter without a message instead,
 * and the body it made of that is swapped for one that has the message in its place, made of what the letters
 * share. The client still signs and sends; on the wire nothing differs.
 */
export interface ReadyBody {
  /** @param fields the form as the client wrote it, the message empty */
  fill(fields: string): Uint8Array;
  /** Its buffer may be written again. Only when the letter was accepted: else the socket may still be reading it. */
  giveBack(): void;
}

/** What a command's input carries beside the client's own fields. */
export interface WithReadyBody {
  readonly readyBody: ReadyBody;
}

/** The empty message, where its bytes belong. The name stands only once: in a value "=" would be encoded. */
const gap = "&RawMessage.Data=";
export const noBytes = new Uint8Array(0);

/** Before the length is counted and the body is signed. */
export function useReadyBodies(client: SESClient): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { readyBody } = args.input as Partial<WithReadyBody>;
      const request = args.request as { body: unknown };
      if (readyBody) request.body = readyBody.fill(request.body as string);
      return next(args);
    },
    { step: "build", priority: "high", name: "readyBody" },
  );
}

/** So that a buffer fits any letter of an issue: their sizes differ by what is personal. */
const sizeStep = 64 * 1024;

/** Bodies in buffers that are used again and again: as many as there were letters in flight. */
export function readyBodies(): (message: Message) => ReadyBody {
  const free: Buffer[] = [];
  const bufferOf = (bytes: number): Buffer => {
    const buffer = free.pop();
    return buffer && buffer.length >= bytes ? buffer : Buffer.allocUnsafeSlow(Math.ceil(bytes / sizeStep) * sizeStep);
  };
  return (message) => {
    let buffer: Buffer | undefined;
    return {
      fill(fields) {
        buffer = bufferOf(fields.length + mostSigns(message));
        const start = fields.indexOf(gap) + gap.length;
        if (start < gap.length) throw new Error("the client left no place for the message");
        let at = buffer.write(fields.slice(0, start), "latin1");
        at = writeSigns(message, buffer, at);
        at += buffer.write(fields.slice(start), at, "latin1");
        return buffer.subarray(0, at);
      },
      giveBack() {
        if (buffer) free.push(buffer);
      },
    };
  };
}
