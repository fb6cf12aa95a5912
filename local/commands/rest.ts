import { type RestGroup, restGroups } from "../../core/delivery/rest.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { restOf, sendRest } from "../../functions/desk/rest.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { number } from "../account-lines.ts";
import { confirmed, left } from "../confirm.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, issueArgument, namesIn, option, type Run } from "./command.ts";
import { showStanding } from "./status.ts";

type Rest = Readonly<Record<RestGroup, number>>;

/** Sends an issue to whoever does not have it: each group is shown with its number and is a yes of its own. */
export const issuesSendRest: Run = (call) => {
  const named = groupsNamed(call);
  return inSession(call, async (session) => {
    const { cloud, settle } = session;
    const publication = await requirePublication(cloud, await publicationOf(call, cloud));
    const issue = await requireIssue(cloud, publication.id, issueArgument(call));
    const place = { publication: publication.id, issue: issueArgument(call) };
    const rest = await restOf(cloud, place);
    const label = { issue: issueLabel(issue) };
    const there = restGroups.filter((group) => rest[group] > 0);
    if (there.length === 0) {
      call.show({ rest, groups: [] }, [fill(call.say.sending.rest.nobody, label)]);
      return 0;
    }
    const meant = there.filter((group) => named?.includes(group) ?? true);
    if (meant.length === 0) {
      const title = fill(call.say.sending.rest.noneOf, label);
      call.show({ rest, groups: [] }, [title, ...there.map((group) => groupLine(call, rest, group))]);
      return 0;
    }
    call.tell(fill(call.say.sending.rest.title, label));
    const groups = await agreed(call, rest, meant);
    if (groups.length === 0) return left(call);
    await sendRest(cloud, person, place, groups);
    await settle();
    call.tell(`${fill(call.say.sending.done.rest, { id: place.issue })}\n`);
    await showStanding(call, session, place, publication, { rest, groups });
    return 0;
  });
};

/** `--groups joined,moved`. @throws Refusal `group-unknown`, `groups-missing` */
function groupsNamed(call: Call): readonly RestGroup[] | undefined {
  const known = restGroups.join(",");
  const named = namesIn(option(call, "groups"));
  if (!named && call.options.yes === true) throw new Refusal("groups-missing", { known });
  return named?.map((name) => {
    const group = restGroups.find((one) => one === name);
    if (!group) throw new Refusal("group-unknown", { group: name, known });
    return group;
  });
}

async function agreed(call: Call, rest: Rest, groups: readonly RestGroup[]): Promise<RestGroup[]> {
  const yes: RestGroup[] = [];
  const { rest: say } = call.say.sending;
  // Whoever is asked sees them one by one.
  if (call.options.yes === true || !call.terminal.canAnswer)
    for (const group of groups) call.tell(groupLine(call, rest, group));
  for (const group of groups) {
    const count = number(call.language, rest[group]);
    if (await confirmed(call, `${groupLine(call, rest, group)}. ${fill(say.send, { count })}`)) yes.push(group);
  }
  return yes;
}

/** With the name that `--groups` takes. */
const groupLine = ({ language, say }: Call, rest: Rest, group: RestGroup): string =>
  `  ${number(language, rest[group])}  ${say.sending.rest.group[group]} (${group})`;
