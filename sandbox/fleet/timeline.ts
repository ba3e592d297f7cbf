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

/** A function's history and announced future, in order of time. */
export class Timeline {
  /** Counts the changes, so that what was computed before one is not used after it. */
  revision = 0;
  private readonly entries: Regime[];

  constructor(first: Regime) {
    this.entries = [first];
  }

  get regimes(): readonly Regime[] {
    return this.entries;
  }

  at(ms: number): Regime | undefined {
    return this.entries.findLast((entry) => entry.fromMs <= ms);
  }

  /**
   * From `atMs` on, `change` holds until a later entry says otherwise: entries already known for later times take over
   * each changed value as long as they merely continued the old one. Scenario and account may thus speak in any order.
   */
  change(atMs: number, change: RegimeChange): void {
    const before = this.entries.findLastIndex((entry) => entry.fromMs <= atMs);
    if (before === -1) throw new RangeError('the function does not exist yet at that time');
    this.revision++;
    const current = this.entries[before]!;
    this.continueIntoLater(before + 1, current, change);
    const entry = { ...current, ...change, fromMs: atMs };
    if (current.fromMs === atMs) this.entries[before] = entry;
    else this.entries.splice(before + 1, 0, entry);
  }

  private continueIntoLater(first: number, former: Regime, change: RegimeChange): void {
    const open = { ...change };
    for (let index = first; index < this.entries.length; index++) {
      const later = this.entries[index]!;
      for (const key of Object.keys(open) as (keyof RegimeChange)[]) if (later[key] !== former[key]) delete open[key];
      this.entries[index] = { ...later, ...open };
    }
  }
}
