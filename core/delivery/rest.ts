/**
 * Who may still get an issue once it was sent or cancelled; each group is a yes of its own.
 * never-begun: planned, and nobody tried · joined: confirmed since the freeze · moved: the letter never reached the old
 * address, there is a new one · unresolved: nobody can tell, so some of these may have it already.
 */
export const restGroups = ["never-begun", "joined", "moved", "unresolved"] as const;
export type RestGroup = (typeof restGroups)[number];
