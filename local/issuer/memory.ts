import type { Adapter, AdapterPayload } from "oidc-provider";

/** What the local issuer remembers: as long as this process lives, and no longer than each thing is good for. */
export function issuerMemory(): (kind: string) => Adapter {
  const kept = new Map<string, { readonly payload: AdapterPayload; readonly until: number }>();
  const alive = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    return found && Date.now() < found.until ? found.payload : undefined;
  };
  const first = (fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...kept.keys()].map(alive).find((payload) => payload && fits(payload));
  const sweep = (): void => {
    for (const key of kept.keys()) if (!alive(key)) kept.delete(key);
  };
  return (kind) => ({
    async upsert(id, payload, seconds = Number.POSITIVE_INFINITY) {
      sweep();
      kept.set(`${kind} ${id}`, { payload, until: Date.now() + seconds * 1000 });
    },
    find: async (id) => alive(`${kind} ${id}`),
    findByUid: async (uid) => first((payload) => payload.uid === uid),
    findByUserCode: async (code) => first(({ userCode }) => userCode === code),
    async consume(id) {
      const payload = alive(`${kind} ${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      kept.delete(`${kind} ${id}`);
    },
    async revokeByGrantId(grant) {
      for (const key of kept.keys()) if (alive(key)?.grantId === grant) kept.delete(key);
    },
  });
}
