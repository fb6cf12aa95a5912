/** Whoever watches need not wait long: a walk is over after so many seconds, and nobody waits for the dead. */
export const grace = { leaseSeconds: 2, eventSeconds: 20 };
/** A walk begins nothing new in its last twenty seconds. */
export const walkSeconds = 24;
/** What a dead process held is free again when the next one begins: its clock is so far ahead. */
export const secondsOfLife = 30;
/** A carrier of an office: so a death finds few letters in hand, and the issue lasts for fifty of them. */
export const manner = { perSecond: 200 };
