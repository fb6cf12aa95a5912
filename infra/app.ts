import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { EdgeStack } from "./edge-stack.ts";
import { KurierStack } from "./kurier-stack.ts";
import { hostsOf, type Stage, stageNamed, stages } from "./stages.ts";

/** Everything AWS lends us, stage by stage, held against the rules of cdk-nag. */
export function kurier(wanted: readonly Stage[], props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props, context: { ...weakReferences, ...props.context } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const stage of wanted) {
    const edge = wantsEdge(stage) ? new EdgeStack(app, stage) : undefined;
    new KurierStack(app, stage, edge);
  }
  return app;
}

const wantsEdge = (stage: Stage): boolean =>
  !stage.isRegional && (hostsOf(stage).length > 0 || stage.deskHost !== undefined);

/** Kurier reads Edge's outputs across regions itself: no custom resource carries them. */
const weakReferences = { "@aws-cdk/core:defaultCrossStackReferences": "weak" };
/**
 * All stages at once are only looked at: quick, without bundles, without a network. No account has this number,
 * so nothing that lacks its bundle can be deployed.
 */
const onlyLookedAt = (stage: Stage): Stage => ({ ...stage, account: "000000000000" });
const withoutBundles = { "aws:cdk:bundling-stacks": [] };

if (import.meta.main) {
  const named: unknown = new App().node.tryGetContext("stage");
  if (typeof named === "string") kurier([stageNamed(named)]);
  else kurier(stages.map(onlyLookedAt), { postCliContext: withoutBundles });
}
