import { beforeAll, describe, expect, it } from "vitest";
import { kurier } from "../../infra/app.ts";
import type { Stage } from "../../infra/stages.ts";
import { askedBy } from "./asks.ts";
import { allowed, asRead, rightsOf } from "./roles.ts";
import { large, ofType, receiving, synthesised, type Template } from "./synthesised.ts";

let template: Template;
let without: Template;
let sharing: Template;
beforeAll(() => {
  const shared: Stage = {
    ...receiving,
    name: "teil",
    receives: { ...receiving.receives, addresses: { slk: "a@bote.example.org" }, ruleSet: "haus" },
  };
  const stack = synthesised([receiving, large, shared]);
  template = stack("kurier-post");
  without = stack("kurier-gross");
  sharing = stack("kurier-teil");
});

const rules = (of: Template = template) => ofType(of, "AWS::SES::ReceiptRule").map(([, { Properties }]) => Properties);
const outputs = (of: Template = template): unknown[] => Object.values(of.Outputs).map(({ Value }) => Value);
const desk = (of: Template) =>
  ofType(of, "AWS::S3::Bucket").find(([id]) => id.startsWith("StorageDesk"))?.[1].Properties;

describe("mail to the address for submissions", () => {
  it("is looked through, comes over TLS or not at all, and lies in the folder of its publication", () => {
    expect(rules().map(({ Rule }) => Rule)).toEqual(
      [
        ["slk", "beitrag@hefte.verein.example.org"],
        ["bote", "text@bote.example.org"],
      ].map(([publication, address]) => ({
        ...{ Name: `kurier-post-${publication}`, Enabled: true, ScanEnabled: true, TlsPolicy: "Require" },
        Recipients: [address],
        Actions: [
          {
            S3Action: {
              BucketName: { Ref: expect.stringMatching(/^StorageDesk/) },
              ObjectKeyPrefix: `mail/${publication}/`,
            },
          },
        ],
      })),
    );
  });

  it("may be laid there by SES for these rules alone, and nowhere else", () => {
    const policy = ofType(template, "AWS::S3::BucketPolicy").find(([id]) => id.startsWith("StorageDesk"))?.[1]
      .Properties;
    const [statement, ...others] = policy.PolicyDocument.Statement.filter(
      ({ Principal }: { Principal: { Service?: string } }) => Principal.Service,
    );
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Effect: "Allow",
      Action: "s3:PutObject",
      Principal: { Service: "ses.amazonaws.com" },
    });
    expect(asRead(statement.Resource)).toBe("<StorageDesk>/mail/*");
    const { "aws:SourceAccount": account, "aws:SourceArn": arns } = statement.Condition.StringEquals;
    expect(asRead(account)).toBe("<AWS::AccountId>");
    expect(arns.map(asRead)).toEqual(
      ["slk", "bote"].map((one) =>
        expect.stringMatching(new RegExp(`:receipt-rule-set/<ReceiveRulesSet>:receipt-rule/kurier-post-${one}$`)),
      ),
    );
  });

  it("is gone after three days, should nobody have read it, and so is its notice", () => {
    expect(desk(template).LifecycleConfiguration.Rules).toContainEqual(
      expect.objectContaining({ Prefix: "mail/", ExpirationInDays: 3 }),
    );
    const mailbag = ofType(template, "AWS::SQS::Queue").find(([id]) => id.startsWith("ReceiveMailbagQueue"))?.[1]
      .Properties;
    expect(mailbag.MessageRetentionPeriod).toBe(3 * 24 * 3600);
  });

  it("needs one record a domain and one command, and both are printed", () => {
    const printed = outputs().map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    expect(printed.filter((line) => line.includes("inbound-smtp.eu-central-1."))).toEqual([
      expect.stringContaining("hefte.verein.example.org MX 10 inbound-smtp.eu-central-1."),
      expect.stringContaining("bote.example.org MX 10 inbound-smtp.eu-central-1."),
    ]);
    expect(printed).toContain("aws ses set-active-receipt-rule-set --region eu-central-1 --rule-set-name kurier-post");
  });

  it("joins the account's own set of rules where there is one", () => {
    expect(ofType(sharing, "AWS::SES::ReceiptRuleSet")).toEqual([]);
    expect(rules(sharing).map(({ RuleSetName }) => RuleSetName)).toEqual(["haus"]);
    expect(JSON.stringify(outputs(sharing))).not.toContain("set-active-receipt-rule-set");
  });

  it("leaves nothing behind in a stage that takes none", () => {
    expect(rules(without)).toEqual([]);
    expect(JSON.stringify(without)).not.toMatch(/Mailbag|kurier-gross-receive|inbound-smtp|"mail\//);
  });

  it.each<[string, Partial<Stage>, RegExp]>([
    ["a region that takes none in", { region: "eu-central-2" }, /SES takes no mail in in eu-central-2/],
    [
      "somebody else's domain",
      { receives: { addresses: { slk: "a@anders.example" } } },
      /must lie on a domain of the stage's senders/,
    ],
    [
      "the domain bounces return to",
      { receives: { addresses: { slk: "a@post.bote.example.org" } } },
      /MAIL FROM domain/,
    ],
  ])("is not promised on %s", (_, wrong, sentence) => {
    expect(() => kurier([{ ...receiving, ...wrong }])).toThrow(sentence);
  });
});

describe("the function that receives", () => {
  it("may take away mails and replaced texts, write submissions, and send nothing", () => {
    expect(rightsOf(template, "ReceiveRole").filter((right) => /^s3:|^ses:/.test(right))).toEqual([
      "s3:DeleteObject <StorageDesk>/mail/*",
      "s3:DeleteObject <StorageDesk>/submissions/*",
      "s3:GetObject <StorageDesk>/mail/*",
      "s3:ListBucket <StorageDesk>",
      "s3:PutObject <StorageDesk>/submissions/*",
    ]);
    const readers = allowed(template).filter(([, { Resource }]) =>
      [Resource].flat().some((resource) => asRead(resource).includes("/mail/")),
    );
    expect(new Set(readers.map(([id]) => id.replace(/Role.*/, "")))).toEqual(new Set(["Receive"]));
  });

  it("may do what its code asks for, no more and no less", () => {
    const implied = /^(logs:|sqs:(?!SendMessage))/;
    const may = rightsOf(template, "ReceiveRole")
      .filter((right) => !implied.test(right))
      .map((right) => (/^(sqs:SendMessage|secretsmanager:)/.test(right) ? right : right.replace(/ .*/, "")));
    expect([...new Set(may)].sort()).toEqual(askedBy(["functions/receive.ts"]));
  });
});
