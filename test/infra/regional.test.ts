import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { askedBy } from "./asks.ts";
import { allowed, asRead, rightsOf } from "./roles.ts";
import { large, ofType, regional, small, synthesised, type Template } from "./synthesised.ts";

let land: Template;
let alone: Template;
let behindCloudFront: Template;
let edge: Template;
let stacks: (stack: string) => Template;
beforeAll(() => {
  stacks = synthesised([large, regional, { ...small, isRegional: true }]);
  land = stacks("kurier-land");
  alone = stacks("kurier-klein");
  behindCloudFront = stacks("kurier-gross");
  edge = stacks("kurier-gross-edge");
});

const regionsIn = (value: unknown): string[] => [
  ...new Set(JSON.stringify(value).match(/\b(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d\b/g)),
];

describe("where data lies", () => {
  it("is the stage's own region: nothing but CloudFront's certificates and web ACL is named in another", () => {
    const elsewhere = Object.entries(behindCloudFront.Resources).filter(([, resource]) =>
      regionsIn(resource).some((region) => region !== "eu-central-1"),
    );
    // The readers', and the desk's.
    expect(elsewhere.map(([, { Type }]) => Type)).toEqual(Array(2).fill("AWS::CloudFront::Distribution"));
    for (const [, { Properties }] of elsewhere) {
      const { ViewerCertificate, WebACLId, ...rest } = Properties.DistributionConfig;
      expect(regionsIn({ ViewerCertificate, WebACLId })).toEqual(["us-east-1"]);
      expect(regionsIn(rest)).toEqual([]);
    }
  });

  it("is nowhere in the other region: three things stand there, and none keeps anything", () => {
    const types = Object.values(edge.Resources).map(({ Type }) => Type);
    const certificates = Array(2).fill("AWS::CertificateManager::Certificate");
    expect(types.sort()).toEqual([...certificates, "AWS::WAFv2::WebACL"]);
  });

  it("is copied to no other: no replica, no replication", () => {
    for (const template of [behindCloudFront, land]) {
      for (const [, { Properties }] of ofType(template, "AWS::DynamoDB::GlobalTable"))
        expect(Properties.Replicas.map(({ Region }: { Region: unknown }) => Region)).toEqual(["eu-central-1"]);
      for (const [, { Properties }] of ofType(template, "AWS::S3::Bucket"))
        expect(Properties.ReplicationConfiguration).toBeUndefined();
      for (const [, { Properties }] of ofType(template, "AWS::SecretsManager::Secret"))
        expect(Properties.ReplicaRegions).toBeUndefined();
    }
  });

  it("is asked for by no function elsewhere", () => {
    const named = globSync("functions/**/*.ts").filter((file) => regionsIn(readFileSync(file, "utf8")).length > 0);
    expect(named).toEqual([]);
  });
});

describe("a regional stage", () => {
  it("has no CloudFront, nothing in another region, and no word of one", () => {
    expect(() => stacks("kurier-land-edge")).toThrow();
    expect(Object.values(land.Resources).filter(({ Type }) => /CloudFront|WAF/.test(Type))).toEqual([]);
    expect(regionsIn(land).filter((region) => region !== "eu-central-1")).toEqual([]);
  });

  it("answers under its readers' names and the desk's, and under no other", () => {
    const names = ofType(land, "AWS::ApiGatewayV2::DomainName").map(([, { Properties }]) => Properties.DomainName);
    expect(names).toEqual(["hefte.example.org", "bote.example.org", "redaktion.example.org"]);
    const mapped = ofType(land, "AWS::ApiGatewayV2::ApiMapping").map(([, { Properties }]) =>
      asRead(Properties.DomainName),
    );
    expect(mapped).toHaveLength(3);
    const [, certificate] = ofType(land, "AWS::CertificateManager::Certificate")[0] ?? [];
    expect(certificate?.Properties).toMatchObject({
      DomainName: "hefte.example.org",
      SubjectAlternativeNames: ["bote.example.org"],
    });
    for (const [, api] of ofType(land, "AWS::ApiGatewayV2::Api"))
      expect(api.Properties.DisableExecuteApiEndpoint).toBe(true);
    const printed = JSON.stringify(Object.values(land.Outputs).map(({ Value }) => Value));
    expect(printed).toContain("hefte.example.org CNAME ");
    expect(printed).toContain("bote.example.org CNAME ");
    expect(printed).toContain("redaktion.example.org CNAME ");
  });

  it("without hosts answers under the HTTP API's own, and prints it", () => {
    expect(ofType(alone, "AWS::ApiGatewayV2::Api")[0]?.[1].Properties.DisableExecuteApiEndpoint).toBe(false);
    const address = Object.entries(alone.Outputs).find(([id]) => /^Site.*Address/.test(id));
    expect(JSON.stringify(address?.[1].Value)).toContain("ApiEndpoint");
  });

  it("keeps no log of paths either", () => {
    expect(ofType(land, "AWS::ApiGatewayV2::Stage")[0]?.[1].Properties.AccessLogSettings).toBeUndefined();
  });

  it("lets its site do what its code asks for: read what is published, and no origin secret", () => {
    const byResource = /^(sqs:SendMessage <Queues|secretsmanager:)/;
    const may = rightsOf(land, "SiteRole")
      .filter((right) => !right.startsWith("logs:"))
      .map((right) => (byResource.test(right) ? right : right.replace(/ .*/, "")));
    expect([...new Set(may)].sort()).toEqual(askedBy(["functions/whole-site.ts"]));
    const files = rightsOf(land, "SiteRole").filter((right) => /^s3:(Get|List)/.test(right));
    expect(files).toEqual(["s3:GetObject <StorageSite>/*", "s3:ListBucket <StorageSite>"]);
  });

  it("gives every other function the rights it has behind CloudFront", () => {
    const others = (template: Template) =>
      allowed(template)
        .filter(([id]) => !/^(Site|Desk)/.test(id))
        .map(([id, { Action }]) => [id, Action]);
    expect(others(land)).toEqual(others(behindCloudFront));
  });

  it("rings for its site under the same name", () => {
    const names = ofType(land, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties.AlarmName);
    expect(names).toContain("kurier-land-site-errors");
  });
});
