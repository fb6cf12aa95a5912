import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Clock, SecretName } from "./cloud.ts";

/** A rotated link key is everywhere after this; nothing asks AWS more often. */
const cachedMilliseconds = 5 * 60_000;

/** Secrets Manager, asked at most every five minutes. @param ids ARN of each secret */
export function managedSecrets<Name extends string = SecretName>(
  ids: Readonly<Record<Name, string>>,
  clock: Clock,
): { read(name: Name): Promise<string> } {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
  const client = new SecretsManagerClient({ requestHandler });
  const cached = new Map<Name, { until: number; text: Promise<string> }>();

  const fetch = async (name: Name): Promise<string> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: ids[name] }));
    if (!SecretString) throw new Error(`the secret "${name}" is empty`);
    return name === "links" ? asList(SecretString) : SecretString;
  };
  return {
    read: async (name) => {
      if (!Object.hasOwn(ids, name)) throw new Error(`there is no secret "${name}"`);
      const known = cached.get(name);
      const now = clock.now().getTime();
      if (known && now < known.until) return known.text;
      const text = fetch(name);
      cached.set(name, { until: now + cachedMilliseconds, text });
      // A failed reading is not kept.
      text.catch(() => cached.delete(name));
      return text;
    },
  };
}

/** The stack makes one key, `{ kid, key }`; a rotation makes a list of it. */
const asList = (text: string): string => JSON.stringify([JSON.parse(text)].flat());
