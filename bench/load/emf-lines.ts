/** What the function said of itself in its metric lines: the same lines CloudWatch would read. */
export interface EmfTotals {
  readonly requests: number;
  readonly errors: number;
  readonly cacheHits: number;
  readonly cacheLookups: number;
  /** Bytes of metric lines, newlines included. */
  readonly bytes: number;
  /** Distinct combinations of metric name and dimension values: what CloudWatch bills. */
  readonly customMetrics: number;
  /** The handler's own `ResponseTime` of hits and misses, in ms. */
  readonly hitMs: readonly number[];
  readonly missMs: readonly number[];
}

interface EmfLine {
  readonly _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  readonly [name: string]: unknown;
}

/** Adds up Embedded Metric Format lines as they come; other output is left alone. */
export class EmfReader {
  readonly #hitMs: number[] = [];
  readonly #missMs: number[] = [];
  readonly #customMetrics = new Set<string>();
  #requests = 0;
  #errors = 0;
  #bytes = 0;

  read(text: string): void {
    if (!text.startsWith('{"_aws"')) return;
    const line = JSON.parse(text) as EmfLine;
    this.#bytes += Buffer.byteLength(text) + 1;
    this.#countMetrics(line);
    if (typeof line['ResponseTime'] !== 'number') return;
    this.#requests += 1;
    this.#errors += Number(line['RequestError'] ?? 0);
    if (line['CacheHit'] === 1) this.#hitMs.push(line['ResponseTime']);
    if (line['CacheHit'] === 0) this.#missMs.push(line['ResponseTime']);
  }

  totals(): EmfTotals {
    return {
      requests: this.#requests,
      errors: this.#errors,
      cacheHits: this.#hitMs.length,
      cacheLookups: this.#hitMs.length + this.#missMs.length,
      bytes: this.#bytes,
      customMetrics: this.#customMetrics.size,
      hitMs: this.#hitMs,
      missMs: this.#missMs,
    };
  }

  #countMetrics(line: EmfLine): void {
    for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
      for (const names of Dimensions) {
        const values = names.map((name) => `${name}=${String(line[name])}`).join(',');
        for (const { Name } of Metrics) this.#customMetrics.add(`${Name}{${values}}`);
      }
    }
  }
}
