import { beforeAll, describe, expect, it } from "vitest";
import { readSignIn } from "../../core/desk/sign-in.ts";
import { asRead } from "./roles.ts";
import { large, ofType, regional, small, synthesised, type Template } from "./synthesised.ts";

const issuer = { url: "https://login.example.org/realms/haus", clientId: "kurier", clientSecret: "haus/kurier" };
const foreign = { ...small, name: "fremd", issuer: { ...issuer, trustsAddresses: true } };
const hostless = { ...large, name: "ohne", deskHost: undefined };
const deskOnly = { ...small, name: "nur", deskHost: "redaktion.example.org" };

let template: Template;
let land: Template;
let stack: (name: string) => Template;
beforeAll(() => {
  stack = synthesised([large, regional, foreign, hostless, deskOnly, { ...small, isRegional: true }]);
  template = stack("kurier-gross");
  land = stack("kurier-land");
});

const distributions = (of: Template) =>
  ofType(of, "AWS::CloudFront::Distribution").map(([, { Properties }]) => Properties.DistributionConfig);
const theDesk = (of: Template) => distributions(of).find(({ Comment }) => Comment.endsWith("the desk"));
/** What is written down of how people sign in, ids in place of what AWS makes up. */
function written(of: Template) {
  const secret = ofType(of, "AWS::SecretsManager::Secret").find(([id]) => id.startsWith("SignIn"))?.[1].Properties;
  return { name: secret.Name, text: asRead(secret.SecretString) };
}

describe("the desk's door", () => {
  it("is another than the readers': no page of theirs shares its origin or its cookies", () => {
    expect(distributions(template).map(({ Aliases }) => Aliases)).toEqual([
      ["hefte.example.org", "bote.example.org"],
      ["redaktion.example.org"],
    ]);
    const { CacheBehaviors, Origins } = theDesk(template);
    expect(CacheBehaviors).toBeUndefined();
    expect(Origins).toHaveLength(1);
    expect(JSON.stringify(Origins[0].DomainName)).toContain("DeskApi");
  });

  it("keeps nothing, and hands over all a browser says but the host it came by", () => {
    const { DefaultCacheBehavior } = theDesk(template);
    expect(DefaultCacheBehavior).toMatchObject({
      // AWS's own: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      ViewerProtocolPolicy: "redirect-to-https",
    });
    expect(DefaultCacheBehavior.AllowedMethods).toContain("POST");
  });

  it("shows the function the secret of the stage, and lets nobody else in", () => {
    const [{ HeaderName, HeaderValue }] = theDesk(template).Origins[0].OriginCustomHeaders;
    expect(HeaderName).toBe("x-kurier-origin");
    expect(JSON.stringify(HeaderValue)).toContain(":SecretString:b::");
  });

  it("stands behind a certificate of its own and the web ACL, where it has a host", () => {
    const { ViewerCertificate, WebACLId } = theDesk(template);
    expect(ViewerCertificate.MinimumProtocolVersion).toBe("TLSv1.2_2021");
    expect(JSON.stringify(WebACLId)).toContain("WebAcl");
    const hosts = ofType(stack("kurier-gross-edge"), "AWS::CertificateManager::Certificate").map(
      ([, { Properties }]) => Properties.DomainName,
    );
    expect(hosts).toEqual(["hefte.example.org", "redaktion.example.org"]);
    expect(theDesk(stack("kurier-ohne")).Aliases).toBeUndefined();
    expect(theDesk(stack("kurier-ohne")).WebACLId).toBeUndefined();
  });

  it("may have a host where the readers have none", () => {
    const [readers] = distributions(stack("kurier-nur"));
    expect([readers?.Aliases, readers?.WebACLId]).toEqual([undefined, undefined]);
    expect(theDesk(stack("kurier-nur")).Aliases).toEqual(["redaktion.example.org"]);
  });

  it("keeps no log of paths: the path of a personal link is the link", () => {
    for (const of of [template, land]) {
      for (const { Logging } of distributions(of)) expect(Logging).toBeUndefined();
      for (const [, { Properties }] of ofType(of, "AWS::ApiGatewayV2::Stage"))
        expect(Properties.AccessLogSettings).toBeUndefined();
    }
  });

  it("waits as long as the function may take, and the function gives up first", () => {
    const [, desk] = ofType(template, "AWS::Lambda::Function").find(([id]) => id.startsWith("Desk")) ?? [];
    expect(desk?.Properties.Timeout).toBe(29);
    // CloudFront's and the HTTP API's own thirty seconds.
    expect(theDesk(template).Origins[0].CustomOriginConfig.OriginReadTimeout ?? 30).toBe(30);
    expect(ofType(template, "AWS::ApiGatewayV2::Integration")[0]?.[1].Properties.TimeoutInMillis ?? 30_000).toBe(
      30_000,
    );
  });

  it("in a regional stage is the HTTP API itself", () => {
    const names = ofType(land, "AWS::ApiGatewayV2::DomainName").map(([id, { Properties }]) => [
      id,
      Properties.DomainName,
    ]);
    expect(names).toContainEqual([expect.stringMatching(/^Desk/), "redaktion.example.org"]);
    const known = JSON.parse(written(land).text);
    expect(known).toMatchObject({ deskUrl: "https://redaktion.example.org", siteUrl: "https://hefte.example.org" });
    expect(known).not.toHaveProperty("distribution");
    const alone = ofType(stack("kurier-klein"), "AWS::SecretsManager::Secret").find(([id]) => id.startsWith("SignIn"));
    expect(JSON.stringify(alone?.[1].Properties.SecretString)).toContain('"DeskApi');
  });
});

describe("how people sign in", () => {
  const pool = (of: Template) => ofType(of, "AWS::Cognito::UserPool")[0]?.[1].Properties;
  const client = (of: Template) => ofType(of, "AWS::Cognito::UserPoolClient")[0]?.[1].Properties;

  it("is by a code in a mail or a passkey: nobody is given a password, and nobody gets one by mail", () => {
    expect(pool(template)).toMatchObject({
      UserPoolTier: "ESSENTIALS",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      WebAuthnUserVerification: "required",
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    });
    expect(pool(template).Policies.SignInPolicy.AllowedFirstAuthFactors).toEqual([
      "PASSWORD",
      "EMAIL_OTP",
      "WEB_AUTHN",
    ]);
    expect(client(template).ExplicitAuthFlows).toEqual(["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
  });

  it("is open to nobody who enters themselves, or makes another's address theirs", () => {
    expect(pool(template).AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
    expect(pool(template).Schema).toEqual([{ Name: "email", Mutable: false, Required: true }]);
  });

  it("happens on pages of Cognito, whose name the passkeys are bound to", () => {
    const domain = ofType(template, "AWS::Cognito::UserPoolDomain")[0]?.[1].Properties;
    expect(domain.ManagedLoginVersion).toBe(2);
    const id = { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] };
    const mark = { "Fn::Select": [4, { "Fn::Split": ["-", id] }] };
    expect(domain.Domain).toEqual({ "Fn::Join": ["", ["kurier-", mark]] });
    const partyId = JSON.stringify(pool(template).WebAuthnRelyingPartyID);
    expect(partyId).toContain('"kurier-"');
    expect(partyId).toContain(".auth.eu-central-1.amazoncognito.com");
    expect(ofType(template, "AWS::Cognito::ManagedLoginBranding")[0]?.[1].Properties.UseCognitoProvidedValues).toBe(
      true,
    );
  });

  it("ends at the desk's own address, by a code that is worth nothing without what the desk kept", () => {
    expect(client(template)).toMatchObject({
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: ["https://redaktion.example.org/session/callback"],
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      IdTokenValidity: 5,
      AccessTokenValidity: 5,
      TokenValidityUnits: { IdToken: "minutes", AccessToken: "minutes" },
    });
  });

  it("is written down by name, so that the function need not wait for what waits for the function", () => {
    expect(written(template).name).toBe("kurier-gross-sign-in");
    const deployed = written(template).text.replace('"issuer":"<', '"issuer":"https://cognito.example/<');
    expect(readSignIn(deployed)).toMatchObject({
      issuer: { issuer: "https://cognito.example/<DirectoryPool>", clientId: "<SignInClient>" },
      ...{ deskUrl: "https://redaktion.example.org", siteUrl: "https://hefte.example.org" },
      ...{ userPool: "<DirectoryPool>", distribution: "<FrontDoorDistribution>" },
    });
    const [, desk] = ofType(template, "AWS::Lambda::Function").find(([id]) => id.startsWith("Desk")) ?? [];
    const told = asRead(desk?.Properties.Environment.Variables.KURIER_SECRET_SIGN_IN);
    expect(told).toBe("arn:<AWS::Partition>:secretsmanager:eu-central-1:<AWS::AccountId>:secret:kurier-gross-sign-in");
  });

  it("may be another house's affair: then there is no pool, and its client's secret comes from its own secret", () => {
    const of = stack("kurier-fremd");
    expect(Object.values(of.Resources).filter(({ Type }) => Type.startsWith("AWS::Cognito"))).toEqual([]);
    const { deskUrl, siteUrl: _, distribution: __, ...rest } = JSON.parse(written(of).text);
    expect(rest).toEqual({
      ...{ issuer: issuer.url, clientId: issuer.clientId, trustsAddresses: true },
      clientSecret: "{{resolve:secretsmanager:haus/kurier:SecretString:::}}",
    });
    expect(deskUrl).toMatch(/^https:\/\//);
  });

  it("sends its codes in our words from the sender's own domain as soon as the stage says so, from Cognito's until then", () => {
    expect(pool(template).EmailConfiguration).toMatchObject({
      EmailSendingAccount: "DEVELOPER",
      From: "Kurier <anmeldung@verein.example.org>",
    });
    expect(JSON.stringify(pool(template).EmailConfiguration.SourceArn)).toContain(":identity/verein.example.org");
    expect(pool(template).EmailAuthenticationMessage).toContain("{####}");
    expect(pool(stack("kurier-klein")).EmailConfiguration?.EmailSendingAccount).toBeUndefined();
    expect(pool(stack("kurier-klein")).EmailAuthenticationMessage).toBeUndefined();
  });
});

describe("files people hand in", () => {
  const cors = (of: Template) =>
    ofType(of, "AWS::S3::Bucket").map(([id, { Properties }]) => [id, Properties.CorsConfiguration?.CorsRules]);

  it("may be posted straight to the private bucket by a script of the desk, and by nobody else's", () => {
    const [[, desk], [, site]] = cors(template) as [[string, object[]], [string, unknown]];
    expect(desk).toEqual([
      expect.objectContaining({ AllowedMethods: ["POST"], AllowedOrigins: ["https://redaktion.example.org"] }),
    ]);
    expect(site).toBeUndefined();
  });
});

describe("the desk's alarms", () => {
  const alarm = (heading: string) =>
    ofType(template, "AWS::CloudWatch::Alarm")
      .map(([, { Properties }]) => Properties)
      .find(({ AlarmName }) => AlarmName === `kurier-gross-${heading}`);

  it("ring when pages do not come, which a throttled function would not say itself", () => {
    expect(alarm("desk-unanswered")).toMatchObject({ MetricName: "5xx", Statistic: "Sum", Threshold: 5 });
  });

  it("ring when people do not get in, by a line of the log that names nobody", () => {
    expect(alarm("sign-in-failed")).toMatchObject({ MetricName: "kurier-gross-sign-in-failed", Threshold: 10 });
    const filter = ofType(template, "AWS::Logs::MetricFilter")
      .map(([, { Properties }]) => Properties)
      .find(({ MetricTransformations }) => MetricTransformations[0].MetricName === "kurier-gross-sign-in-failed");
    expect(filter.FilterPattern).toBe('{ $.message.signIn = "failed" }');
  });
});
