import { Duration } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";

type Statement = CfnWebACL.StatementProperty;
type Rule = CfnWebACL.RuleProperty;

/**
 * Links of letters, also those of confirm mails. Mail providers post the one-click requests of many readers from few
 * addresses, and an office's scanner follows every link of a whole house: generous, and no other rule looks at them.
 */
const links = "/[uec]/";
const linksPerAddress = 10_000;
/** The order form, and what its script asks for. */
const orderForm = "/s(/|$)";
const looksPerAddress = 2_000;
/** An order. The site itself lets thirty an hour pass from a whole network; here ends what would only cost money. */
const order = "/s$";
const ordersPerAddress = 100;

/** Pages of the desk with all they load: a whole office may sit behind one address. What people write there has its own limit. */
const visitsPerAddress = 5_000;

/** A form filled in is a tenth of it; so much the web ACL reads without a fee of its own. */
const mostBodyBytes = 16_384;
const mostQueryBytes = 2_048;

/**
 * What CloudFront lets nobody do. No managed rule groups, challenges or captchas: they turn away whoever has no browser's
 * manners or no script, and that is how a mail provider's one-click request looks, and some readers.
 */
export function webAcl(scope: Construct, deskHost?: string): CfnWebACL {
  return new CfnWebACL(scope, "WebAcl", {
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: countedOnly("all"),
    rules: [
      floods("links-per-address", linksPerAddress, pathHas(links)),
      floods("orders-per-address", ordersPerAddress, all(isPost, pathHas(order))),
      floods("looks-per-address", looksPerAddress, pathHas(orderForm)),
      {
        ...rule("too-large", 413),
        statement: all(
          none(pathHas(links)),
          ...(deskHost ? [none(hostIs(deskHost))] : []),
          any(longerThan(body, mostBodyBytes), longerThan(query, mostQueryBytes)),
        ),
      },
      ...(deskHost ? [floods("desk-per-address", visitsPerAddress, hostIs(deskHost))] : []),
    ].map((one, priority) => ({ ...one, priority })),
  });
}

/** Samples would show paths, so leave links. */
const countedOnly = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

const rule = (name: string, responseCode: number): Omit<Rule, "statement" | "priority"> => ({
  name,
  action: { block: { customResponse: { responseCode } } },
  visibilityConfig: countedOnly(name),
});

/** Whoever sends more than so many such requests within five minutes waits until they are fewer. */
const floods = (name: string, limit: number, scopeDownStatement: Statement): Omit<Rule, "priority"> => ({
  ...rule(name, 429),
  statement: {
    rateBasedStatement: {
      ...{ aggregateKeyType: "IP", limit, scopeDownStatement },
      evaluationWindowSec: Duration.minutes(5).toSeconds(),
    },
  },
});

/** A path as CloudFront and the site will read it: "/slk/%73" is an order, too. */
const pathHas = (regexString: string): Statement => ({
  regexMatchStatement: {
    ...{ fieldToMatch: { uriPath: {} }, regexString },
    textTransformations: ["URL_DECODE", "NORMALIZE_PATH"].map((type, priority) => ({ type, priority })),
  },
});

/** CloudFront lets nobody in under a name that is not its own. */
const hostIs = (searchString: string): Statement => ({
  byteMatchStatement: {
    ...{ fieldToMatch: { singleHeader: { Name: "host" } }, positionalConstraint: "EXACTLY", searchString },
    textTransformations: [{ type: "LOWERCASE", priority: 0 }],
  },
});

const asItCame = [{ type: "NONE", priority: 0 }];

const isPost: Statement = {
  byteMatchStatement: {
    ...{ fieldToMatch: { method: {} }, positionalConstraint: "EXACTLY", searchString: "POST" },
    textTransformations: asItCame,
  },
};

/** What is longer than the web ACL reads is longer than this. */
const body: CfnWebACL.FieldToMatchProperty = { body: { oversizeHandling: "MATCH" } };
const query: CfnWebACL.FieldToMatchProperty = { queryString: {} };
const longerThan = (fieldToMatch: CfnWebACL.FieldToMatchProperty, size: number): Statement => ({
  sizeConstraintStatement: { fieldToMatch, comparisonOperator: "GT", size, textTransformations: asItCame },
});

const all = (...statements: Statement[]): Statement => ({ andStatement: { statements } });
const any = (...statements: Statement[]): Statement => ({ orStatement: { statements } });
const none = (statement: Statement): Statement => ({ notStatement: { statement } });
