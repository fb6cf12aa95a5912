/** The functions of a stage that takes in mail, each by its file's name. */
export const functionNames = [
  ...["ingest", "read-word", "receive", "build", "plan", "deliver", "ask", "record-feedback", "sweep", "forget"],
  ...["remind", "archive", "site", "desk"],
] as const satisfies readonly string[];

/** Those of a stage whose authors do not hand in by mail. */
export const withoutMail: readonly string[] = functionNames.filter((name) => name !== "receive");

/** What stands in another's place where a stage has no CloudFront: its file → whose place. */
export const standIns = { "whole-site": "site", "regional-desk": "desk" } as const;
