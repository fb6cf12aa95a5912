import { CfnOutput, Fn } from "aws-cdk-lib";
import { ApiMapping, CfnStage, DomainName, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate, CertificateValidation } from "aws-cdk-lib/aws-certificatemanager";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export interface HttpDoorProps {
  readonly apiName: string;
  readonly answers: IFunction;
  /** Names of its own: with one, nobody finds the API's other one. */
  readonly names: readonly DomainName[];
  /** For all that ask together; twice as many may come at once. */
  readonly requestsPerSecond: number;
}

/** An HTTP API before one function, and nothing else before it. */
export function httpDoor(scope: Construct, { apiName, answers, names, requestsPerSecond }: HttpDoorProps): HttpApi {
  const api = new HttpApi(scope, "Api", {
    apiName,
    defaultIntegration: new HttpLambdaIntegration("Function", answers),
    disableExecuteApiEndpoint: names.length > 0,
  });
  for (const domainName of names)
    new ApiMapping(scope, domainName.node.id.replace("Name", "Mapping"), { api, domainName });
  throttle(api, requestsPerSecond);
  return api;
}

/** Without a name of its own: "….execute-api.<region>.…" */
export const hostOf = (api: HttpApi): string => Fn.select(2, Fn.split("/", api.apiEndpoint));

export function certificateFor(
  scope: Construct,
  id: string,
  [domainName = "", ...others]: readonly string[],
): Certificate {
  const subjectAlternativeNames = others.length > 0 ? others : undefined;
  return new Certificate(scope, id, {
    domainName,
    subjectAlternativeNames,
    validation: CertificateValidation.fromDns(),
  });
}

/** A name the API answers under; prints the record that leads to it. */
export function nameFor(scope: Construct, id: string, domainName: string, certificate: Certificate): DomainName {
  const name = new DomainName(scope, `${id}Name`, { domainName, certificate });
  new CfnOutput(scope, `${id}Record`, {
    value: `${domainName} CNAME ${name.regionalDomainName}`,
    description: "DNS record for the HTTP API",
  });
  return name;
}

function throttle(api: HttpApi, requestsPerSecond: number): void {
  const stage = api.defaultStage?.node.defaultChild;
  if (!(stage instanceof CfnStage)) throw new Error("the HTTP API has no stage");
  stage.defaultRouteSettings = { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: requestsPerSecond * 2 };
}
