import type { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import { SeededStream } from '../../../sandbox/fleet/noise.ts';
import type { PageLedger } from '../../../tasks/approval/serve-page/deps.ts';
import { decideRequest } from '../../../tasks/approval/serve-page/request/decide-request.ts';
import type { PageResponse } from '../../../tasks/approval/serve-page/request/response.ts';
import { LINK_ID } from '../../../test/support/page/fixture-run.ts';
import { nightPages } from '../../../test/support/page/night-pages.ts';
import { formEvent, nonceOf, pageEvent } from '../../../test/support/page/page-event.ts';

/** One request of a person, from their click to the answer. */
export interface Answered {
  readonly what: 'open' | 'decide' | 'result';
  readonly ms: number;
  readonly statusCode: number;
}

export interface PersonProps {
  readonly seed: number;
  /** The functions that are this person's to decide. */
  readonly own: readonly string[];
  readonly ledger: PageLedger;
  readonly clock: VirtualClock;
  readonly handlerMs: number;
}

type Event = ReturnType<typeof pageEvent>;

const silent = { info() {}, warn() {}, error() {} };
/** Somebody whose page failed looks at it for a moment and tries again. */
const PATIENCE_MS = 5_000;
/** The function's and API Gateway's. */
const GATEWAY_TIMEOUT_MS = 29_000;
/** Nobody tries for longer than a quarter of an hour or so. */
const MOST_TRIES = 200;

/** Opens the page, approves their own, and looks at what came of it; tries again whatever the page could not do. */
export class Person {
  private readonly props: PersonProps;
  private readonly random: SeededStream;
  private readonly answers: Answered[] = [];

  constructor(props: PersonProps) {
    this.props = props;
    this.random = new SeededStream(props.seed, 'patience');
  }

  async comeAndDecide(): Promise<readonly Answered[]> {
    const page = await this.until('open', pageEvent({ path: `/runs/${LINK_ID}`, headers: PACKED }));
    const nonce = nonceOf(page) ?? '';
    const choice = this.props.own.map((name) => ['functionName', name] as const);
    const fields = [
      ['nonce', nonce],
      ['decision', 'approved'],
      ['name', `Person ${this.props.seed}`],
      ...choice,
    ] as const;
    const decided = await this.until('decide', formEvent(LINK_ID, fields));
    const location = new URL(String(decided.headers?.['location'] ?? `/runs/${LINK_ID}`), 'https://page.example.com');
    await this.until(
      'result',
      pageEvent({ path: location.pathname, query: location.search.slice(1), headers: PACKED }),
    );
    return this.answers;
  }

  private async until(what: Answered['what'], event: Event): Promise<PageResponse> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.send(what, event);
      if ((answer.statusCode ?? 500) < 500 || tries === MOST_TRIES) return answer;
      await this.props.clock.sleep(PATIENCE_MS * (0.5 + this.random.uniform()));
    }
  }

  private async send(what: Answered['what'], event: Event): Promise<PageResponse> {
    const { clock, ledger, handlerMs } = this.props;
    const beganMs = clock.now();
    await clock.sleep(handlerMs);
    const answer = await decideRequest(
      event,
      { ledger, log: silent, readNightPage: nightPages(), timeZone: 'UTC' },
      clock.now(),
    );
    const ms = clock.now() - beganMs;
    const inTime = ms <= GATEWAY_TIMEOUT_MS ? answer : { statusCode: 504 };
    this.answers.push({ what, ms: Math.min(ms, GATEWAY_TIMEOUT_MS), statusCode: inTime.statusCode ?? 500 });
    return inTime;
  }
}

const PACKED = { 'accept-encoding': 'gzip' };
