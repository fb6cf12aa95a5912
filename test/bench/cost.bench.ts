import { estimateCost } from "../../core/delivery/cost.ts";
import { priceList } from "../../core/delivery/prices.ts";
import { type Figure, figureOf } from "./figure.ts";

const plan = { readers: 1_000_000, letterBytes: 60_000, perSecond: 50 };
const [mostBeside, mostRows] = [0.035, 0.006];

/** What stands on AWS's bill beside SES's fee, by the model of what the code does: reckoned, not measured. */
export function measureCost(): Figure[] {
  const { beside, rows, items } = estimateCost(plan);
  const of = (dollars: number): string =>
    `${dollars.toFixed(2)} of ${items.letters.toFixed(2)} ${priceList.currency} (${priceList.region}, ${priceList.date}, ${plan.perSecond}/s)`;
  const figure = (name: string, dollars: number, most: number): Figure =>
    figureOf(name, dollars / items.letters, { most }, of(dollars));
  return [
    figure("AWS cost beside the SES fee, per million letters", beside, mostBeside),
    figure("100 days of ledger rows beside the SES fee", rows, mostRows),
  ];
}
