import type { Command } from "./commands/command.ts";

/** Every command, with what it takes. */

const speaking = { json: "", lang: "de|en", help: "" } as const;
const working = { ...speaking, publication: "<id>", cloud: "local|aws", stage: "<name>", data: "<folder>" } as const;
/** Understood by every command that works on a cloud, and so not repeated in its usage. */
export const everywhere: ReadonlySet<string> = new Set(Object.keys(working));

/** Whoever asks before something is done lets scripts say yes beforehand. */
const asking = { ...working, yes: "" } as const;

const amend = () => import("./commands/amend.ts");
const articles = () => import("./commands/articles.ts");
const deliveries = () => import("./commands/deliveries.ts");
const reader = () => import("./commands/reader.ts");
const issues = () => import("./commands/issues.ts");
const people = () => import("./commands/people.ts");
const publications = () => import("./commands/publications.ts");
const sending = () => import("./commands/sending.ts");
const stop = () => import("./commands/stop.ts");
const submissions = () => import("./commands/submissions.ts");
const subscribers = () => import("./commands/subscribers.ts");
const suppressions = () => import("./commands/suppressions.ts");

export const commands: readonly Command[] = [
  {
    ...{ name: "start", takes: [], options: { ...speaking, data: "<folder>", port: "<4810>" } },
    load: async () => (await import("./commands/start.ts")).start,
  },
  {
    ...{
      name: "serve",
      takes: [],
      options: {
        ...{ ...speaking, data: "<folder>", "base-url": "<https://…>", port: "<8080>", host: "<127.0.0.1>" },
        ...{ outbox: "", "mailbox-port": "<port>", "desk-url": "<https://…>", "desk-port": "<8081>" },
        ...{ "mail-port": "<port>", "mail-verifier": "<host>", "mail-host": "<127.0.0.1>" },
      },
    },
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  {
    ...{ name: "press", takes: ["<folder>"], options: { ...speaking, out: "<folder>" } },
    load: async () => (await import("./commands/press.ts")).pressCommand,
  },
  {
    ...{ name: "open", takes: ["<out>"], options: speaking },
    load: async () => (await import("./commands/open.ts")).open,
  },
  {
    ...{ name: "publications found", takes: ["<publication.yaml>"], options: working },
    load: async () => (await publications()).publicationsFound,
  },
  {
    ...{ name: "publications invite", takes: ["<address>"], options: { ...working, name: "<name>" } },
    load: async () => (await publications()).publicationsInvite,
  },
  {
    ...{ name: "publications list", takes: [], options: working },
    load: async () => (await publications()).publicationsList,
  },
  {
    ...{ name: "people add", takes: ["<address>"], options: { ...working, name: "<name>", roles: "<editor,admin>" } },
    load: async () => (await people()).peopleAdd,
  },
  {
    ...{
      name: "people invite",
      takes: ["<address>"],
      options: { ...working, name: "<name>", roles: "<editor,admin>", "desk-url": "<https://…>" },
    },
    load: async () => (await people()).peopleInvite,
  },
  {
    ...{ name: "people roles", takes: ["<address>"], options: { ...working, roles: "<editor,admin>" } },
    load: async () => (await people()).peopleRoles,
  },
  { name: "people list", takes: [], options: working, load: async () => (await people()).peopleList },
  { name: "people remove", takes: ["<address>"], options: working, load: async () => (await people()).peopleRemove },
  {
    ...{ name: "articles submit", takes: ["<folder|file>"], options: { ...working, as: "<article>" } },
    load: async () => (await articles()).articlesSubmit,
  },
  {
    ...{ name: "submissions list", takes: [], options: working },
    load: async () => (await submissions()).submissionsList,
  },
  {
    ...{ name: "submissions show", takes: ["<submission>"], options: working },
    load: async () => (await submissions()).submissionsShow,
  },
  { name: "articles list", takes: [], options: working, load: async () => (await articles()).articlesList },
  { name: "articles show", takes: ["<article>"], options: working, load: async () => (await articles()).articlesShow },
  {
    ...{ name: "articles template", takes: [], options: { ...speaking, out: "<vorlage.docx>" } },
    load: async () => (await import("./commands/template.ts")).articlesTemplate,
  },
  { name: "issues create", takes: ["<issue.yaml>"], options: working, load: async () => (await issues()).issuesCreate },
  { name: "issues show", takes: ["<issue>"], options: working, load: async () => (await issues()).issuesShow },
  { name: "issues build", takes: ["<issue>"], options: working, load: async () => (await issues()).issuesBuild },
  {
    ...{ name: "issues check", takes: ["<issue>"], options: { ...working, "no-links": "" } },
    load: async () => (await import("./commands/check.ts")).issuesCheck,
  },
  {
    ...{ name: "issues preview", takes: ["<issue>"], options: { ...working, out: "<folder>" } },
    load: async () => (await issues()).issuesPreview,
  },
  {
    ...{ name: "issues proof", takes: ["<issue>"], options: { ...working, to: "<people>" } },
    load: async () => (await import("./commands/proof.ts")).issuesProof,
  },
  {
    ...{ name: "issues approve", takes: ["<issue>"], options: { ...working, fingerprint: "<fingerprint>" } },
    load: async () => (await issues()).issuesApprove,
  },
  {
    ...{
      name: "issues ask-approval",
      takes: ["<issue>", "<address>"],
      options: { ...working, name: "<name>", fingerprint: "<fingerprint>", "desk-url": "<https://…>" },
    },
    load: async () => (await import("./commands/ask-approval.ts")).issuesAskApproval,
  },
  {
    ...{
      name: "issues differences",
      takes: ["<issue>"],
      options: { ...working, from: "<fingerprint>", to: "<fingerprint>" },
    },
    load: async () => (await import("./commands/differences.ts")).issuesDifferences,
  },
  {
    ...{ name: "issues schedule", takes: ["<issue>"], options: { ...asking, at: "<2026-03-02T08:00>" } },
    load: async () => (await issues()).issuesSchedule,
  },
  {
    ...{ name: "issues status", takes: ["<issue>"], options: { ...working, watch: "" } },
    load: async () => (await import("./commands/status.ts")).issuesStatus,
  },
  {
    ...{
      name: "issues report",
      takes: ["<issue>"],
      options: { ...working, out: "<file>", link: "", "desk-url": "<https://…>" },
    },
    load: async () => (await import("./commands/report.ts")).issuesReport,
  },
  { name: "issues take-back", takes: ["<issue>"], options: asking, load: async () => (await sending()).issuesTakeBack },
  { name: "issues pause", takes: ["<issue>"], options: asking, load: async () => (await sending()).issuesPause },
  { name: "issues resume", takes: ["<issue>"], options: asking, load: async () => (await sending()).issuesResume },
  { name: "issues cancel", takes: ["<issue>"], options: asking, load: async () => (await sending()).issuesCancel },
  {
    ...{ name: "issues send-rest", takes: ["<issue>"], options: { ...asking, groups: "<groups>" } },
    load: async () => (await import("./commands/rest.ts")).issuesSendRest,
  },
  {
    ...{
      name: "issues correct",
      takes: ["<issue>", "<article>"],
      options: { ...working, text: "<text>", revision: "<number>" },
    },
    load: async () => (await amend()).issuesCorrect,
  },
  {
    ...{ name: "issues erratum", takes: ["<issue>"], options: working },
    load: async () => (await amend()).issuesErratum,
  },
  {
    ...{ name: "issues withdraw", takes: ["<issue>", "<article>"], options: { ...asking, text: "<text>" } },
    load: async () => (await amend()).issuesWithdraw,
  },
  {
    ...{ name: "issues bring-back", takes: ["<issue>", "<article>"], options: working },
    load: async () => (await amend()).issuesBringBack,
  },
  {
    ...{
      name: "issues attach",
      takes: ["<issue>", "<file>"],
      options: { ...working, label: "<text>", replaces: "<file>" },
    },
    load: async () => (await amend()).issuesAttach,
  },
  {
    ...{ name: "issues detach", takes: ["<issue>", "<file>"], options: working },
    load: async () => (await amend()).issuesDetach,
  },
  {
    ...{
      name: "subscribers import",
      takes: ["<readers.csv>"],
      options: { ...working, "consent-source": "<text>", "dry-run": "" },
    },
    load: async () => (await import("./commands/import.ts")).subscribersImport,
  },
  {
    ...{ name: "subscribers export", takes: [], options: { ...working, state: "<states>", out: "<file>" } },
    load: async () => (await subscribers()).subscribersExport,
  },
  {
    ...{ name: "subscribers show", takes: ["<address>"], options: working },
    load: async () => (await reader()).subscribersShow,
  },
  {
    ...{ name: "subscribers consent", takes: ["<address>"], options: { ...working, html: "<file>" } },
    load: async () => (await reader()).subscribersConsent,
  },
  {
    ...{ name: "subscribers erase", takes: ["<address>"], options: asking },
    load: async () => (await reader()).subscribersErase,
  },
  {
    ...{
      name: "subscribers suppress",
      takes: ["<address>"],
      options: { ...asking, reason: "<bounced|complained|asked>" },
    },
    load: async () => (await suppressions()).subscribersSuppress,
  },
  {
    ...{ name: "subscribers unsuppress", takes: ["<address>"], options: asking },
    load: async () => (await suppressions()).subscribersUnsuppress,
  },
  {
    ...{
      name: "subscribers list",
      takes: [],
      options: { ...working, state: "<states>", topic: "<topic>", domain: "<domain>", since: "<2026-03-01>" },
    },
    load: async () => (await subscribers()).subscribersList,
  },
  {
    ...{ name: "deliveries list", takes: ["<issue>"], options: { ...working, state: "<states>", csv: "" } },
    load: async () => (await deliveries()).deliveriesList,
  },
  {
    ...{ name: "deliveries show", takes: ["<address>"], options: working },
    load: async () => (await deliveries()).deliveriesShow,
  },
  { name: "deliveries stop", takes: [], options: asking, load: async () => (await stop()).deliveriesStop },
  { name: "deliveries start", takes: [], options: asking, load: async () => (await stop()).deliveriesStart },
  {
    ...{ name: "links rotate", takes: [], options: asking },
    load: async () => (await import("./commands/links.ts")).linksRotate,
  },
  {
    name: "restore",
    takes: [],
    options: asking,
    load: async () => (await import("./commands/restore.ts")).restoreCommand,
  },
  { name: "doctor", takes: [], options: working, load: async () => (await import("./commands/doctor.ts")).doctor },
];

export const usageOf = ({ name, takes, options }: Command): string => {
  const own = Object.entries(options).filter(([option]) => !everywhere.has(option));
  return ["npx kurier", name, ...takes, ...own.map(([option, value]) => `[${`--${option} ${value}`.trim()}]`)].join(
    " ",
  );
};
