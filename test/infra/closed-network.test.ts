import { beforeAll, describe, expect, it } from "vitest";
import { asRead } from "./roles.ts";
import { large, ofType, synthesised, type Template } from "./synthesised.ts";

let template: Template;
beforeAll(() => {
  template = synthesised([large])("kurier-gross");
});
const properties = (type: string) => ofType(template, type).map(([, { Properties }]) => Properties);
const theOne = (type: string) => {
  const found = properties(type);
  expect(found).toHaveLength(1);
  return found[0];
};

describe("the network the reader of Word files sits in", () => {
  it("holds that function and no other", () => {
    const inside = properties("AWS::Lambda::Function").filter(({ VpcConfig }) => VpcConfig);
    expect(inside.map(({ FunctionName }) => FunctionName)).toEqual(["kurier-gross-read-word"]);
    expect(inside[0].VpcConfig.SubnetIds).toHaveLength(2);
    expect(inside[0]).toMatchObject({ MemorySize: 1024, Timeout: 30, Architectures: ["arm64"] });
  });

  it("has no way to the internet, by no gateway and no route", () => {
    for (const type of ["InternetGateway", "NatGateway", "EgressOnlyInternetGateway", "VPCGatewayAttachment", "Route"])
      expect(properties(`AWS::EC2::${type}`)).toEqual([]);
    for (const { MapPublicIpOnLaunch } of properties("AWS::EC2::Subnet")) expect(MapPublicIpOnLaunch).toBe(false);
  });

  it("has one door, to S3, which opens to the stage's desk bucket for the stage's own account", () => {
    const { VpcEndpointType, ServiceName, PolicyDocument } = theOne("AWS::EC2::VPCEndpoint");
    expect([VpcEndpointType, asRead(ServiceName)]).toEqual(["Gateway", "com.amazonaws.<AWS::Region>.s3"]);
    const [statement, ...others] = PolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(statement.Resource.map(asRead)).toEqual(["<StorageDesk>", "<StorageDesk>/*"]);
    expect(statement.Condition).toEqual({ StringEquals: { "aws:PrincipalAccount": { Ref: "AWS::AccountId" } } });
  });

  it("lets nobody in, and TLS out", () => {
    const { SecurityGroupIngress, SecurityGroupEgress } = theOne("AWS::EC2::SecurityGroup");
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress).toMatchObject([{ IpProtocol: "tcp", FromPort: 443, ToPort: 443 }]);
    expect(properties("AWS::EC2::SecurityGroupIngress")).toEqual([]);
  });

  it("looks up the name of that bucket alone: a question for a name could carry a text out", () => {
    const { FirewallRules } = theOne("AWS::Route53Resolver::FirewallRuleGroup");
    const domains = new Map(
      ofType(template, "AWS::Route53Resolver::FirewallDomainList").map(([id, { Properties }]) => [
        id,
        Properties.Domains,
      ]),
    );
    const rules = FirewallRules.toSorted(
      (one: { Priority: number }, other: { Priority: number }) => one.Priority - other.Priority,
    );
    const told = rules.map(
      ({ Action, FirewallDomainListId }: { Action: string; FirewallDomainListId: { "Fn::GetAtt": string[] } }) => [
        Action,
        domains.get(FirewallDomainListId["Fn::GetAtt"][0] ?? "")?.map(asRead),
      ],
    );
    expect(told).toEqual([
      ["ALLOW", ["<StorageDesk>"]],
      ["BLOCK", ["*"]],
    ]);
    expect(properties("AWS::Route53Resolver::FirewallRuleGroupAssociation")).toHaveLength(1);
  });
});
