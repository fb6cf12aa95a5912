/**
 * Programs that CloudFront runs before it looks anything up. Inside, a page is always `/<publication>/…/index.html`;
 * outside, a publication with a host of its own has no publication in the path, and pages end in a slash.
 *
 * @param ownHosts host → publication
 */

/** For forms: the path gets its publication and is otherwise left alone; a one-click request is never redirected.
 * The site counts who asks too often, and may believe what is written here: CloudFront overwrites what was sent along. */
export const formAddress = (ownHosts: Readonly<Record<string, string>>): string => `
var ownHosts = ${JSON.stringify(ownHosts)};
function handler(event) {
  var request = event.request;
  var publication = ownHosts[request.headers.host.value];
  if (publication) request.uri = "/" + publication + request.uri;
  request.headers["x-kurier-viewer"] = { value: event.viewer.ip };
  return request;
}
`;

/** For pages: a folder is its `index.html`, and a page asked for without its slash is told its address. */
export const pageAddress = (ownHosts: Readonly<Record<string, string>>): string => `
var ownHosts = ${JSON.stringify(ownHosts)};
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  var last = uri.substring(uri.lastIndexOf("/") + 1);
  if (last !== "" && last.indexOf(".") === -1) {
    return {
      statusCode: 301,
      statusDescription: "Moved Permanently",
      headers: { location: { value: uri.replace(/^[/\\\\]+/, "/") + "/" } },
    };
  }
  var publication = ownHosts[request.headers.host.value];
  request.uri = (publication ? "/" + publication : "") + uri + (last === "" ? "index.html" : "");
  return request;
}
`;

/** For answers: a page that was published as gone (its `Cache-Control` ends so) is answered with 410; S3 knows no status of its own. */
export const goneStatus = `
function handler(event) {
  var response = event.response;
  var kept = response.headers["cache-control"];
  if (kept && kept.value.endsWith(", gone")) {
    response.statusCode = 410;
    response.statusDescription = "Gone";
  }
  return response;
}
`;
