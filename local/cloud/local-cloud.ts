import { mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../functions/cloud/clock.ts";
import {
  type Clock,
  type Cloud,
  type Grace,
  type Mail,
  noDirectory,
  noEdge,
  type Stream,
  usualGrace,
} from "../../functions/cloud/cloud.ts";
import { type CarrierManner, usualManner } from "./carrier-manner.ts";
import { type CarrierReports, outboxReports, reportsSchema } from "./carrier-reports.ts";
import { localContents } from "./contents.ts";
import { openDatabase } from "./database.ts";
import { type Asked, downloadLinks } from "./downloads.ts";
import { filesSchema, type LocalFiles, localFiles } from "./files.ts";
import { living, newHolder } from "./holder.ts";
import { localMail, mailSchema } from "./mail.ts";
import { marksSchema, tableMarks } from "./marks.ts";
import { localOutbox, type Outbox, outboxSchema } from "./outbox.ts";
import { type LocalQueues, localQueues, queueSchema } from "./queue.ts";
import { relayBooksSchema } from "./relay-books.ts";
import { localRelayMark, type RelayMark, relayMarkSchema, withoutRelay } from "./relay-mark.ts";
import { type LocalSecrets, localSecrets } from "./secrets.ts";
import { type SmtpOptions, smtpMail } from "./smtp.ts";
import { type LocalTable, localTable, tableSchema } from "./table.ts";
import { type LocalTimer, localTimer, timerSchema } from "./timer.ts";
import { type Allowed, type PostedFields, uploadForms } from "./uploads.ts";

export interface LocalCloudOptions {
  /** Everything is kept here; made when it is not there. */
  readonly folder: string;
  readonly clock?: Clock;
  /** Takes the letters instead of the outbox. */
  readonly mail?: Mail;
  /** Takes the letters over SMTP instead of the outbox. */
  readonly smtp?: SmtpOptions | undefined;
  /** How the outbox behaves; by itself endless and fair. */
  readonly manner?: Partial<CarrierManner>;
  /** False for a cloud that lives as long as one command: still safe against a kill, not against a power cut. */
  readonly isDurable?: boolean;
  readonly grace?: Grace;
  /** The secret "sign-in", where a desk is served. */
  readonly signIn?: string | undefined;
}

/** The cloud of one machine: on disk, safe across restarts and kills, open to several processes at once. */
export interface LocalCloud extends Cloud {
  readonly folder: string;
  readonly files: LocalFiles;
  readonly table: LocalTable;
  readonly timer: LocalTimer;
  readonly secrets: LocalSecrets;
  /** The receiving end of the queues, for the wiring. */
  readonly work: LocalQueues;
  readonly outbox: Outbox;
  /** What the outbox has to tell of its letters, for the wiring. */
  readonly carrier: CarrierReports;
  readonly relayMark: RelayMark;
  /** Whether letters leave from here over SMTP. */
  readonly handsOver: boolean;
  /** Where the letters of a stream lie, one `.eml` each. */
  outboxFolder(stream: Stream): string;
  /** Stores a file a browser posted with a form of `files.uploadForm`. @throws when the form does not allow it */
  acceptUpload(fields: PostedFields, file: { name: string; body: Uint8Array }): Promise<Allowed & { etag: string }>;
  /** The file a link of `files.downloadLink` is good for, undefined where there is none. @throws when it is good for nothing */
  handOut(asked: Asked): Promise<{ name: string; file: Awaited<ReturnType<LocalFiles["read"]>> }>;
  close(): void;
}

export function localCloud(options: LocalCloudOptions): LocalCloud {
  const { folder, clock = systemClock, isDurable = true, grace = usualGrace } = options;
  // Rows and letters hold addresses: the folder is its owner's alone.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const schema = [
    marksSchema,
    filesSchema,
    queueSchema,
    timerSchema,
    mailSchema,
    relayBooksSchema,
    relayMarkSchema,
  ].join("\n");
  const letterSchema = [outboxSchema, reportsSchema].join("\n");
  const database = openDatabase(join(folder, "kurier.db"), schema, isDurable ? "FULL" : "OFF");
  // Apart from the rest, as on AWS: an older table put back finds the files, and with them the journal, as they are.
  const tableFile = join(folder, "table.db");
  const rows = openDatabase(tableFile, [tableSchema, marksSchema].join("\n"), isDurable ? "FULL" : "OFF");
  const marks = tableMarks(rows, database);
  // Apart from the rest and without a sync each: ten thousand letters must not wait ten thousand times for the disk.
  const letters = openDatabase(join(folder, "outbox.db"), letterSchema, isDurable ? "NORMAL" : "OFF");
  const holder = newHolder();
  living.add(holder);

  const secrets = localSecrets(folder, options.signIn);
  const [forms, links] = [uploadForms(secrets, clock), downloadLinks(secrets, clock)];
  const work = localQueues(database, clock, holder);
  const contents = localContents(join(folder, "files"), { isDurable });
  const files = localFiles(database, clock, { contents, queues: work, forms, links });
  const outbox = localOutbox(letters, join(folder, "outbox"));
  const manner = { ...usualManner, ...options.manner };
  const table = localTable(rows, clock, () => `${idOfFile(tableFile)} ${marks.replaced()}`);
  const purge = (): void => {
    table.purge();
    marks.mark();
  };
  table.purge();
  const relayed = options.smtp && smtpMail(database, clock, options.smtp);
  const otherMail = options.mail ?? relayed;
  const relayMark = localRelayMark(database);

  return {
    ...{
      folder,
      clock,
      grace,
      secrets,
      directory: noDirectory,
      edge: noEdge,
      files,
      table: { ...table, purge },
      work,
      outbox,
    },
    queues: work.queues,
    timer: localTimer(database, clock, holder),
    mail: otherMail ?? withoutRelay(database, clock) ?? localMail(database, clock, { outbox, manner }),
    ...{ relayMark, handsOver: relayed !== undefined },
    carrier: outboxReports(letters, clock, { outbox, files, manner }),
    outboxFolder: (stream) => join(folder, "outbox", stream),
    async acceptUpload(fields, file) {
      const allowed = await forms.check(fields, { name: file.name, bytes: file.body.length });
      return { ...allowed, ...(await files.write(allowed.key, file.body, { type: allowed.type })) };
    },
    async handOut(asked) {
      const { key, name } = await links.check(asked);
      return { name, file: await files.read(key) };
    },
    async forget(reader) {
      work.forget(reader);
      const count = outbox.forget(reader);
      for (const each of [rows, database]) each.tidy();
      return count;
    },
    close() {
      living.delete(holder);
      relayed?.hangUp();
      marks.mark();
      rows.close();
      database.close();
      letters.close();
    },
  };
}

/** Copying gives a file another inode, moving it another path: whoever mails from here has to say so once. */
function idOfFile(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true });
  return `${dev} ${ino} ${realpathSync(file)}`;
}
