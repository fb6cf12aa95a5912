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
import { type Call, issueArgument, option, type Run } from "./command.ts";
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
    call.tell(fill(call.say.sending.rest.title, label));
    const groups = await agreed(
      call,
      rest,
      there.filter((group) => named?.includes(group) ?? true),
    );
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
  const named = option(call, "groups")
    ?.split(",")
    .map((name) => name.trim());
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
  for (const group of groups) {
    const count = number(call.language, rest[group]);
    const line = `  ${count}  ${say.group[group]}`;
    if (call.options.yes === true) call.tell(line);
    if (await confirmed(call, `${line}. ${fill(say.send, { count })}`)) yes.push(group);
  }
  return yes;
}
