/** Lines that the process writes; a person never sees them, so that each can be looked at for secrets. */
export class CapturedLog {
  readonly lines: string[] = [];
  private readonly restore: (() => void)[];

  constructor() {
    this.restore = [process.stdout, process.stderr].map((stream) => {
      const write = stream.write;
      stream.write = ((chunk: unknown) => {
        this.lines.push(String(chunk));
        return true;
      }) as typeof stream.write;
      return () => {
        stream.write = write;
      };
    });
  }

  stop(): void {
    for (const each of this.restore) each();
  }
}
