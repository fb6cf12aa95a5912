/** A request as the HTTP API hands it over. */
export const come = (
  domainName: string,
  path: string,
  { method = "GET", body = "", query = "", headers = {}, cookies = [] as readonly string[] } = {},
) => ({
  ...{ version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: query, body, isBase64Encoded: false },
  ...{ headers, cookies },
  requestContext: {
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "Postfach" },
    ...{ domainName, stage: "$default", requestId: "1" },
  },
});
