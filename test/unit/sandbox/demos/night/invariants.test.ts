import { findViolations, type NightEvidence } from '../../../../../sandbox/demos/night/invariants.ts';
import type { LedgerItem } from '../../../../../sandbox/demos/night/ledger-snapshot.ts';
import type { World } from '../../../../../sandbox/demos/night/world.ts';

/** The outside check must be able to fail: one world that is right, and every way of being wrong. */

const RUN = 'scheduled-2026-11-02';
const at = (memorySizeMb: number, timeoutSeconds = 30) => ({ memorySizeMb, timeoutSeconds });

function worldWith(memorySizeMb: number, mails: string[] = [], refusals: string[] = []): World {
  const functions = [{ name: 'orders', aliases: new Map(), configuration: { MemorySize: memorySizeMb, Timeout: 30 } }];
  const account = {
    lambda: { functions: { all: () => functions } },
    sns: { inbox: mails.map((message) => ({ message })) },
    iam: { refusals: new Set(refusals) },
  };
  return { account, spokes: [] } as unknown as World;
}

const approval = { decision: 'approved', at: '2026-11-02T08:00:00.000Z', by: { kind: 'link-holder', name: 'Ada' } };
const proposal: LedgerItem = { pk: `RUN#${RUN}`, sk: 'PROPOSAL#orders', status: 'approved', decision: approval };
const change: LedgerItem = {
  pk: 'FUNCTION#orders',
  sk: `CHANGE#${RUN}`,
  functionName: 'orders',
  runId: RUN,
  status: 'Verified',
  before: at(1024),
  after: at(512),
  decision: approval,
  startedAt: '2026-11-02T08:00:01.000Z',
};
const state: LedgerItem = { pk: 'FUNCTION#orders', sk: 'STATE', functionName: 'orders' };

const night = (overrides: Partial<NightEvidence> = {}): NightEvidence => ({
  ledger: [proposal, change, state],
  before: new Map([['orders', at(1024)]]),
  report: { excluded: [], assessed: [{ functionName: 'orders' }] },
  ...overrides,
});

describe('findViolations', () => {
  it('finds nothing wrong with a change that was approved, recorded and accounted for', () => {
    expect(findViolations(worldWith(512), night())).toEqual([]);
  });

  it.each<[string, number, Partial<NightEvidence>, RegExp]>([
    ['a size that nobody approved', 768, {}, /orders has 768 MB.*nobody approved/],
    ['a change without a proposal', 512, { ledger: [change, state] }, /without a recorded approval/],
    [
      'a change of a rejected proposal',
      512,
      { ledger: [{ ...proposal, status: 'rejected' }, change, state] },
      /without a recorded approval/,
    ],
    [
      'a change that does not say who',
      512,
      { ledger: [proposal, { ...change, decision: { ...approval, by: { name: '' } } }, state] },
      /without a recorded/,
    ],
    [
      'a change before its approval',
      512,
      { ledger: [proposal, { ...change, startedAt: '2026-11-02T07:59:00.000Z' }, state] },
      /approval before it/,
    ],
    ['a change that is not in the ledger', 512, { ledger: [proposal, state] }, /nobody approved/],
    ['a function nobody accounted for', 512, { report: { excluded: [], assessed: [] } }, /orders is not accounted for/],
    [
      'a function accounted for twice',
      512,
      { report: { excluded: [{ functionName: 'orders' }], assessed: [{ functionName: 'orders' }] } },
      /more than once/,
    ],
    ['a night without a report', 512, { report: undefined }, /no report/],
    [
      'a proposal left open',
      512,
      { ledger: [proposal, change, { ...state, open: { kind: 'proposal', runId: RUN } }] },
      /still has an open proposal/,
    ],
  ])('finds %s', (_, memorySizeMb, evidence, expected) => {
    expect(findViolations(worldWith(memorySizeMb), night(evidence)).join('\n')).toMatch(expected);
  });

  it('finds a refused call, whatever its caller made of it', () => {
    expect(findViolations(worldWith(512, [], ['not authorized']), night())).toEqual(['not authorized']);
  });

  it('lets a watched change stay open', () => {
    const watched = { ...change, status: 'Watching' };
    const ledger = [proposal, watched, { ...state, open: { kind: 'watching', runId: RUN } }];
    expect(findViolations(worldWith(512), night({ ledger }))).toEqual([]);
  });

  it('finds a task token in a mail, and a link’s id in the ledger', () => {
    const token: LedgerItem = { pk: `RUN#${RUN}`, sk: 'TOKEN#orders', taskToken: 'token-1' };
    const ledger = [proposal, change, { ...state, note: 'link-id-1' }, token];
    const found = findViolations(worldWith(512, ['see https://x/runs/link-id-1 token-1']), night({ ledger }));
    expect(found).toEqual(['a mail holds a task token', expect.stringContaining('link’s id in clear')]);
  });
});
