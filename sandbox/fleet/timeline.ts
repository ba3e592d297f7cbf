/** A share of the traffic and what serves it. */
export interface TrafficPart {
  readonly weight: number;
  readonly memorySizeMb: number;
  readonly timeoutS: number;
  /** `$LATEST` or a published version's number. */
  readonly version: string;
}

/** What is true of a function from one moment until the next entry. */
export interface Regime {
  readonly fromMs: number;
  readonly parts: readonly TrafficPart[];
  /** On top of the curve: 1 is normal, 1.5 half as long again. */
  readonly durationFactor: number;
  /** Added to the error rate by a bad deployment. */
  readonly extraErrorRate: number;
  readonly reservedConcurrency: number | undefined;
  readonly leakMbPerHour: number;
  /** Environments were last replaced then; memory grown by a leak counts from here. */
  readonly freshSinceMs: number;
  readonly deleted: boolean;
}

/** What may change of a regime. */
export type RegimeChange = Partial<{ -readonly [Key in Exclude<keyof Regime, 'fromMs'>]: Regime[Key] }>;

/** A function's history and announced future: its first state, and what changed when. */
export class Timeline {
  /** Counts the changes, so that what was computed before one is not used after it. */
  revision = 0;
  private readonly first: Regime;
  private readonly changes: { readonly atMs: number; readonly change: RegimeChange }[] = [];
  private current: readonly Regime[];

  constructor(first: Regime) {
    this.first = first;
    this.current = [first];
  }

  /** In order of time. */
  get regimes(): readonly Regime[] {
    return this.current;
  }

  at(ms: number): Regime | undefined {
    return this.current.findLast((regime) => regime.fromMs <= ms);
  }

  /** From `atMs` on, `change` holds until a change made for a later time; the order of calls matters only within one time. */
  change(atMs: number, change: RegimeChange): void {
    if (!(atMs >= this.first.fromMs)) throw new RangeError(`the function does not exist yet at ${atMs}`);
    this.revision++;
    const after = this.changes.findIndex((other) => other.atMs > atMs);
    this.changes.splice(after === -1 ? this.changes.length : after, 0, { atMs, change });
    const regimes: Regime[] = [this.first];
    for (const { atMs: fromMs, change: next } of this.changes) {
      const last = regimes.at(-1)!;
      if (last.fromMs === fromMs) regimes.pop();
      regimes.push({ ...last, ...next, fromMs });
    }
    this.current = regimes;
  }
}
