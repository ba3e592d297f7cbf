import { copy } from '../../../sandbox/account/core/copy.ts';

/** Lambda's and CloudWatch's control planes, and DynamoDB's indexes, catch up within seconds. */
const STALE_FOR_MS = 5_000;
/** Operations that may answer what was true a moment ago; DynamoDB's only without ConsistentRead. */
const EVENTUALLY_CONSISTENT =
  /^(Lambda\.(Get|List)|CloudWatch\.Describe|ApplicationAutoScaling\.Describe|Scheduler\.Get|DynamoDB\.(Query|DescribeTable)|SNS\.(Get|List))/;

interface Remembered {
  readonly atMs: number;
  readonly answer: object;
}

/** The former answer of every read, for a reader whose replica lags behind. */
export class StaleReads {
  private readonly now: () => number;
  private readonly latest = new Map<string, Remembered>();
  private readonly former = new Map<string, Remembered>();

  constructor(now: () => number) {
    this.now = now;
  }

  /** @param place where it was asked: what one account answered is never another's answer */
  remember<Answer extends object>(call: string, input: Record<string, unknown>, answer: Answer, place: string): Answer {
    if (!EVENTUALLY_CONSISTENT.test(call) || input['ConsistentRead'] === true) return answer;
    const key = `${call}${place} ${JSON.stringify(input)}`;
    const standing = this.latest.get(key);
    if (standing !== undefined) this.former.set(key, standing);
    this.latest.set(key, { atMs: this.now(), answer: copy(answer) });
    return answer;
  }

  /** What the reader was told the time before last, or last, if that is not long ago. */
  recall(call: string, input: Record<string, unknown>, place: string): object | undefined {
    const key = `${call}${place} ${JSON.stringify(input)}`;
    const found = [this.former.get(key), this.latest.get(key)].find(
      (each) => each !== undefined && this.now() - each.atMs <= STALE_FOR_MS,
    );
    return found && copy(found.answer);
  }
}
