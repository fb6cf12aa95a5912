import type { IssuePlan } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";

/** An issue is for everybody, or for those who chose a topic there is. @throws Refusal `topic-unknown` */
export function demandTopic({ topic }: Pick<IssuePlan, "topic">, topics: Publication["topics"]): void {
  if (topic === undefined || topics.some(({ id }) => id === topic)) return;
  throw new Refusal("topic-unknown", { topic, topics: topics.map(({ id }) => id).join(", ") || "–" });
}
