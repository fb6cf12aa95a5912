import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kurier } from "../../infra/app.ts";
import type { Stage } from "../../infra/stages.ts";

/** CDK's own template rules take two thirds of the time; `npm run synth` runs them, and cfn-lint. cdk-nag runs here, too. */
process.env.CDK_VALIDATION = "false";

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is read as it comes
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A small office: everything under CloudFront's own address. */
export const small: Stage = {
  name: "klein",
  region: "eu-central-1",
  addresses: { verein: null },
  senders: [{ domain: "verein.example.org", mailFrom: "post.verein.example.org" }],
  alarmsTo: "technik@example.org",
  budgetDollars: 10,
  originKey: "a",
};
/** A publishing house: two titles, one of them on a host of its own. */
export const large: Stage = {
  ...small,
  name: "gross",
  addresses: { slk: "https://hefte.example.org/slk", bote: "https://bote.example.org" },
  originHost: "origin.example.org",
  deskHost: "redaktion.example.org",
  signInFrom: "anmeldung@verein.example.org",
  senders: [...small.senders, { domain: "bote.example.org", mailFrom: "post.bote.example.org" }],
  originKey: "b",
};

/** The same, whose authors hand in by mail. */
export const receiving: Stage = {
  ...large,
  name: "post",
  receives: { addresses: { slk: "beitrag@hefte.verein.example.org", bote: "text@bote.example.org" } },
};

/** A ministry that may let nothing leave its region: no CloudFront. */
export const regional: Stage = { ...large, name: "land", originHost: undefined, isRegional: true };

/** All templates by stack, without bundles. @throws when cdk-nag finds what nobody argued for */
export function synthesised(stages: readonly Stage[]): (stack: string) => Template {
  const outdir = mkdtempSync(join(tmpdir(), "kurier-synth-"));
  const assembly = kurier(stages, { outdir, context: { "aws:cdk:bundling-stacks": [] } }).synth();
  return (stack) => assembly.getStackByName(stack).template;
}

export const ofType = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
