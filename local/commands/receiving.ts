import type { Publication } from "../../core/publication.ts";
import type { Intake } from "../../functions/cloud/receiving-health.ts";
import { isDoorOpen } from "../mail-door/plate.ts";
import { stageSettings } from "../stage-cloud.ts";
import { type Call, option } from "./command.ts";
import type { Finding } from "./doctor.ts";

/** Whether mail comes in where a publication promises that it does. */

export async function examineDoor(folder: string, publications: readonly Publication[]): Promise<Finding[]> {
  const promising = publications.filter(({ submissions }) => submissions);
  if (promising.length === 0) return [];
  const ok = await isDoorOpen(folder);
  return promising.map((publication) => ({ check: "mailDoor", ok, details: detailsOf(publication) }));
}

export async function examineIntake(call: Call, publications: readonly Publication[]): Promise<Finding[]> {
  const promising = publications.filter(({ submissions }) => submissions);
  if (promising.length === 0) return [];
  const { intakes, takesIn } = await import("../../functions/cloud/receiving-health.ts");
  const { privateBucket: bucket } = stageSettings(option(call, "stage"));
  const standing: readonly Intake[] = await intakes();
  return promising.map((publication) => {
    const { id, submissions: address = "" } = publication;
    const ok = takesIn(standing, { address, bucket, prefix: `mail/${id}/` });
    return { check: "mailRules", ok, details: detailsOf(publication) };
  });
}

const detailsOf = ({ id, title, submissions = "" }: Publication) => ({ id, publication: title, address: submissions });
