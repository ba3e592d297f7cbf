/** What happens instead of (or before) the real answer. */
export interface Fault {
  /** SDK client name without `Client`, e.g. `Lambda`; every service when absent. */
  readonly service?: string;
  /** API name, e.g. `GetFunction`; every operation when absent. */
  readonly operation?: string;
  /** Decides by input and by how many times (1, 2, …) the rest of this fault matched so far. */
  readonly when?: (input: Record<string, unknown>, matches: number) => boolean;
  /** Thrown instead of answering; a function makes a fresh one each time. */
  readonly error?: Error | (() => Error);
  /** Virtual time before the answer. */
  readonly delayMs?: number;
  /** Returned instead of the real output. */
  readonly output?: Record<string, unknown>;
}

interface ArmedFault {
  readonly fault: Fault;
  matches: number;
}

/** Faults injected into calls, for tests and `--faults`. */
export class FaultInjection {
  private armed: ArmedFault[] = [];

  /** Arms a fault; the returned function disarms it. */
  add(fault: Fault): () => void {
    const entry = { fault, matches: 0 };
    this.armed.push(entry);
    return () => {
      this.armed = this.armed.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.armed = [];
  }

  /** Faults that strike this call, in the order in which they were armed. */
  striking(service: string, operation: string, input: Record<string, unknown>): Fault[] {
    const striking: Fault[] = [];
    for (const entry of this.armed) {
      const { fault } = entry;
      if (fault.service !== undefined && fault.service !== service) continue;
      if (fault.operation !== undefined && fault.operation !== operation) continue;
      entry.matches++;
      if (fault.when === undefined || fault.when(input, entry.matches)) striking.push(fault);
    }
    return striking;
  }
}
