/** Keeps at most so many of all that is offered, evenly spread: when it is full, every other one goes, and so on. */
export class Sample<Each> {
  kept: Each[] = [];
  private readonly most: number;
  private offered = 0;
  private stride = 1;

  constructor(most: number) {
    this.most = most;
  }

  offer(each: Each): void {
    if (this.offered % this.stride === 0) this.kept.push(each);
    this.offered += 1;
    if (this.kept.length <= this.most) return;
    this.kept = this.kept.filter((_, at) => at % 2 === 0);
    this.stride *= 2;
  }
}
