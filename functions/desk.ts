import { type Context, Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { behindCloudFront } from "./cloud/behind-cloudfront.ts";
import type { Cloud, Web } from "./cloud/cloud.ts";
import { deskCloudOnAws } from "./cloud/on-aws.ts";
import { openWeb } from "./cloud/web.ts";
import { asWritten } from "./desk/as-written.ts";
import { acts } from "./desk/routes/acts.ts";
import { admitted } from "./desk/routes/admitted.ts";
import { approving } from "./desk/routes/approval.ts";
import { approvingByLink } from "./desk/routes/approval-link.ts";
import { article } from "./desk/routes/article.ts";
import { articleWords } from "./desk/routes/article-words.ts";
import { articles } from "./desk/routes/articles.ts";
import { attachments } from "./desk/routes/attachments.ts";
import { audience } from "./desk/routes/audience.ts";
import { readable, takeable } from "./desk/routes/body-size.ts";
import { commissions } from "./desk/routes/commissions.ts";
import { corrections } from "./desk/routes/corrections.ts";
import type { DeskEnv, Other } from "./desk/routes/desk-env.ts";
import { firstSteps } from "./desk/routes/first-steps.ts";
import { founding } from "./desk/routes/founding.ts";
import { fromOwnPage, guarded, recognised } from "./desk/routes/guard.ts";
import { handingInByLink } from "./desk/routes/hand-in.ts";
import { imports } from "./desk/routes/imports.ts";
import { issue } from "./desk/routes/issue.ts";
import { issueArticles } from "./desk/routes/issue-articles.ts";
import { issueCheck } from "./desk/routes/issue-check.ts";
import { issuePreview } from "./desk/routes/issue-preview.ts";
import { issues } from "./desk/routes/issues.ts";
import { forFrames, looks } from "./desk/routes/look.ts";
import { people } from "./desk/routes/people.ts";
import { shownPictures, withheldPictures } from "./desk/routes/pictures.ts";
import { questions } from "./desk/routes/questions.ts";
import { reporting } from "./desk/routes/report.ts";
import { review } from "./desk/routes/review.ts";
import { revisions } from "./desk/routes/revisions.ts";
import { scheduling } from "./desk/routes/schedule.ts";
import { sending } from "./desk/routes/sending.ts";
import { settings } from "./desk/routes/settings.ts";
import { show } from "./desk/routes/show.ts";
import { entering, starting } from "./desk/routes/start.ts";
import { submissions } from "./desk/routes/submissions.ts";
import { subscribers } from "./desk/routes/subscribers.ts";
import { suppressions } from "./desk/routes/suppressions.ts";
import { troubled } from "./desk/routes/trouble.ts";

/** Where the desk stands and how people come in. */
export interface Doors {
  /** The desk's own origin: no page of readers and no letter lies there. */
  readonly baseUrl: URL;
  /** Where pages of readers hang, as whoever founds a publication is told; undefined where each has a place of its own. */
  readonly site?: URL;
  /** Answers `/session`: signing in and out. */
  readonly session?: (cloud: Cloud) => Hono<DeskEnv>;
  /** Whom one may be instead by one press: on a machine of one's own, and nowhere else. */
  readonly others?: () => Promise<readonly Other[]>;
  /** Where files may be posted to beside here: storage has an origin of its own on AWS. */
  readonly storage?: readonly string[];
  /** Where the links of an issue are followed; the web itself, unless somebody says otherwise. */
  readonly web?: Web;
}

/** The staff side. A GET never changes anything; every act is a form. */
export function desk(cloud: Cloud, doors: Doors): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use(guarded(doors));
  // Asked for where a preview is opened alone: it has no head of ours to name the icon in.
  app.get("/favicon.ico", (c) => c.body(null, 204, forFrames));
  app.route("/gestalt/", looks(cloud));
  app.route("/pictures", shownPictures(cloud));
  app.use(recognised(cloud, doors), readable, fromOwnPage(cloud, doors), takeable);
  app.route("/pictures", withheldPictures(cloud));
  if (doors.session) app.route("/session", doors.session(cloud));
  for (const routes of outside) app.route("/r", routes(cloud));
  app.route("/", starting(cloud));
  app.route("/founding", founding(cloud, doors));
  // As people type it; whoever may not go on there is told so there.
  app.get("/:publication{[^/]+}", (c) => c.redirect(`/${encodeURIComponent(c.req.param("publication"))}/`, 308));
  app.use("/:publication/*", admitted(cloud));
  for (const [path, routes] of rooms) app.route(`/:publication${path}`, routes(cloud, doors));
  app.notFound((c) => show(c as Context<DeskEnv>, "missing", {}, { status: 404 }));
  app.onError(troubled);
  return app;
}

/** For people without an account: whoever holds a personal link. */
const outside: readonly ((cloud: Cloud) => Hono<DeskEnv>)[] = [review, handingInByLink, approvingByLink];
/** What lies below a publication, by its noun. */
const rooms: readonly (readonly [path: string, routes: (cloud: Cloud, doors: Doors) => Hono<DeskEnv>])[] = [
  ["/", entering],
  ["/first-steps", firstSteps],
  ["/submissions", submissions],
  ["/commissions", commissions],
  ["/articles", articles],
  ["/articles", article],
  ["/articles", articleWords],
  ["/articles", revisions],
  ["/issues", issues],
  ["/issues", issueArticles],
  ["/issues", issuePreview],
  ["/issues", (cloud, { web = openWeb() }) => issueCheck(cloud, web)],
  ["/issues", issue],
  ["/issues", audience],
  ["/issues", sending],
  ["/issues", scheduling],
  ["/issues", questions],
  ["/issues", reporting],
  ["/issues", approving],
  ["/issues", corrections],
  ["/issues", attachments],
  ["/subscribers/imports", imports],
  ["/subscribers", subscribers],
  ["/suppressions", suppressions],
  ["/people", people],
  ["/acts", acts],
  ["/settings", settings],
];

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

/** The desk as a Lambda, whoever may ask it. */
export function answering(cloud: Cloud): LambdaHandler {
  const written = asWritten(cloud, (doors) => handle(desk(cloud, doors)));
  return async (event, lambda) => (await written())(event, lambda);
}

let onAws: LambdaHandler | undefined;
export const handler: LambdaHandler = (event, lambda) => {
  onAws ??= start();
  return onAws(event, lambda);
};

function start(): LambdaHandler {
  const cloud = deskCloudOnAws();
  return behindCloudFront(() => cloud.secrets.read("origin"), answering(cloud));
}
