/** Collects everything wrong with a definition, so that one rejection names it all. */
export class Problems {
  readonly lines: string[] = [];

  add(path: string, what: string): void {
    this.lines.push(`${path}: ${what}`);
  }
}
