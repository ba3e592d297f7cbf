/** Prints what each step found and how long it took; the first that fails ends the run. */
export class Steps {
  private readonly startedMs = performance.now();

  async take<T>(title: string, work: () => Promise<T>, tell: (result: T) => string): Promise<T> {
    const beganMs = performance.now();
    try {
      const result = await work();
      print(`✔ ${title} (${seconds(beganMs)})\n    ${tell(result).replaceAll('\n', '\n    ')}`);
      return result;
    } catch (error) {
      print(`✘ ${title} (${seconds(beganMs)})`);
      throw error;
    }
  }

  total(): string {
    return seconds(this.startedMs);
  }
}

const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`;
const print = (text: string): void => void process.stdout.write(`${text}\n`);
