import type { Frozen } from "../../core/delivery/account.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { forecastKey } from "./keys.ts";

/** To whom an issue would go, what that costs and how long it takes: counted when somebody asks, and kept to be read. */
export interface Forecast extends Pick<Frozen, "candidates" | "excluded"> {
  readonly v: 1;
  /** When it was counted, and for when. */
  readonly at: string;
  readonly sendAt: string;
  readonly readers: number;
  readonly last: { readonly issue: string; readonly readers: number } | null;
  readonly isFarOff: boolean;
  /** In dollars. `isRented`: really asked for, else what it would be on AWS. */
  readonly cost: { readonly total: number; readonly ses: number; readonly isRented: boolean };
  /** Null where none may leave at all now. */
  readonly seconds: number | null;
}

/** Replaces the one before. */
export async function saveForecast(cloud: Cloud, { publication, issue }: Place, forecast: Forecast): Promise<void> {
  const row = forecast as unknown as Readonly<Record<string, Value>>;
  await cloud.table.write([{ put: { ...forecastKey(publication, issue), ...row } }]);
}

/** Undefined where nobody has counted yet. */
export async function readForecast(cloud: Cloud, { publication, issue }: Place): Promise<Forecast | undefined> {
  const [row] = await cloud.table.get([forecastKey(publication, issue)], { consistent: true });
  if (!row) return undefined;
  const { pk: _, sk: __, ...forecast } = row;
  return forecast as unknown as Forecast;
}
