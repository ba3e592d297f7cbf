import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { PageLog } from '../../../tasks/approval/serve-page/deps.ts';
import { decideRequest } from '../../../tasks/approval/serve-page/request/decide-request.ts';
import type { PageResponse } from '../../../tasks/approval/serve-page/request/response.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS } from './fixture-run.ts';
import { MemoryPageLedger } from './memory-page-ledger.ts';
import { nightPages } from './night-pages.ts';
import { formEvent, nonceOf, pageEvent } from './page-event.ts';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  facts: unknown;
}

/** The page over a ledger in memory, with a clock and a log of its own. */
export class PageSite {
  readonly ledger: MemoryPageLedger;
  readonly lines: LogLine[] = [];
  /** By their keys in the run bucket. */
  nightPages: Record<string, string> = {};
  nowMs = MORNING_MS;

  constructor(ledger = new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(12))) {
    this.ledger = ledger;
  }

  send(event: APIGatewayProxyEventV2): Promise<PageResponse> {
    const record = (level: LogLine['level']) => (message: string, facts: unknown) =>
      this.lines.push({ level, message, facts });
    const log: PageLog = { info: record('info'), warn: record('warn'), error: record('error') };
    const readNightPage = nightPages(this.nightPages);
    return decideRequest(event, { ledger: this.ledger, log, readNightPage, timeZone: 'Europe/Berlin' }, this.nowMs);
  }

  open(query = '', linkId = LINK_ID): Promise<PageResponse> {
    return this.send(pageEvent({ path: `/runs/${linkId}`, query }));
  }

  /** Opens the page and sends its form, as a person would. */
  async decide(fields: readonly (readonly [string, string])[], linkId = LINK_ID): Promise<PageResponse> {
    const nonce = nonceOf(await this.open('', linkId)) ?? '';
    return this.send(formEvent(linkId, [['nonce', nonce], ...fields]));
  }

  names(): string[] {
    return [...this.ledger.proposals.values()].map((each) => each.functionName);
  }

  /** Everything a request could have changed. */
  state(): string {
    return JSON.stringify([
      [...this.ledger.runs],
      [...this.ledger.links],
      [...this.ledger.proposals],
      this.ledger.openChanges,
    ]);
  }
}

/** Form fields that decide the named functions. */
export const choice = (
  decision: 'approved' | 'rejected',
  functionNames: readonly string[],
  name = 'Ana Souza',
): [string, string][] => [
  ['decision', decision],
  ['name', name],
  ...functionNames.map((each): [string, string] => ['functionName', each]),
];
